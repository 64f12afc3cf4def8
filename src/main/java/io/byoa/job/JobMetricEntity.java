package io.byoa.job;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/** A row of {@code job_metric}: one value of one metric, and the line it was read from. */
@Entity
@Immutable
@Table(name = "job_metric")
@SuppressWarnings("NullAway.Init") // filled by JPA
class JobMetricEntity {

  @EmbeddedId Key key;
  double value;

  @Column(name = "at")
  Instant time;

  /** The job, the metric, and the number of the line, from 1. */
  @Embeddable
  record Key(String job, String name, long line) {}
}
