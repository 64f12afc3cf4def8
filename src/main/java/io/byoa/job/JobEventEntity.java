package io.byoa.job;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Immutable;

/** A row of {@code job_event}: something that happened to a job, numbered per job. */
@Entity
@Immutable
@Table(name = "job_event")
@SuppressWarnings("NullAway.Init") // filled by JPA
class JobEventEntity {

  @EmbeddedId Key key;
  String team;

  @Column(name = "at")
  Instant time;

  String type;

  @ColumnTransformer(write = JobEntity.JSON)
  @Column(columnDefinition = "json")
  String data;

  /** The job, and the event's number in it, from 1. */
  @Embeddable
  record Key(String job, long number) {}
}
