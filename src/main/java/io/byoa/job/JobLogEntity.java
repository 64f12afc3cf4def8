package io.byoa.job;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.Immutable;

/** A row of {@code job_log}: some lines of a job's output, as they came. */
@Entity
@Immutable
@Table(name = "job_log")
@SuppressWarnings("NullAway.Init") // filled by JPA
class JobLogEntity {

  @EmbeddedId Key key;
  int lines;
  byte[] content;

  @Column(name = "at")
  Instant time;

  /** The job, and the number of the chunk's first line, from 1. */
  @Embeddable
  record Key(String job, long firstLine) {}
}
