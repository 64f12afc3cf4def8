package io.byoa.algorithm;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;

/** A row of {@code algorithm_alias}: a name that points at an exact version. */
@Entity
@Table(name = "algorithm_alias")
@SuppressWarnings("NullAway.Init") // filled by JPA
class AliasEntity {

  @EmbeddedId Key key;
  String team;
  String version;
  @Version long revision;
  Instant changedAt;
  String changedBy;

  /** The algorithm and the alias. */
  @Embeddable
  record Key(String algorithm, String alias) {}
}
