package io.byoa.dataset;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of {@code dataset}: that a content was pushed under a name. */
@Entity
@Table(name = "dataset")
@SuppressWarnings("NullAway.Init") // filled by JPA
class DatasetEntity {

  @EmbeddedId Key key;
  Instant createdAt;
  String createdBy;

  /** Grows with every push; the highest of a name is what the name alone means. */
  long push;

  /** The name, and the content. */
  @Embeddable
  record Key(String team, String name, String digest) {}
}
