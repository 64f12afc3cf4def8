package io.byoa.algorithm;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/** A row of {@code algorithm}: a name, and whose it is. */
@Entity
@Immutable
@Table(name = "algorithm")
@SuppressWarnings("NullAway.Init") // filled by JPA
class AlgorithmEntity {
  @Id String name;
  String team;
  Instant createdAt;
  String createdBy;
}
