package io.byoa.job;

import io.byoa.job.intake.MetricCount;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/** A row of {@code job}; {@link JobRows} turns it into a {@link Job} and back. */
@Entity
@Table(name = "job")
@DynamicUpdate
@SuppressWarnings("NullAway.Init") // filled by JPA
class JobEntity {

  static final String JSON = "cast(? as json)";

  @Id String id;
  String team;
  String algorithm;

  @Column(name = "version")
  String algorithmVersion;

  String engine;
  String requester;

  @ColumnTransformer(write = JSON)
  @Column(columnDefinition = "json")
  String request;

  @ColumnTransformer(write = "cast(? as jsonb)")
  @Column(columnDefinition = "jsonb")
  String tags;

  /** The {@code traceparent} of the request that launched it, when that was traced. */
  @Nullable String traceParent;

  Instant createdAt;
  String status;
  String secondaryStatus;
  String message;
  int launch;
  boolean launching;
  int retriesLeft;

  @ColumnTransformer(write = JSON)
  @Column(columnDefinition = "json")
  String history;

  @Nullable Instant startedAt;
  @Nullable Instant endedAt;

  @ColumnTransformer(write = JSON)
  @Column(columnDefinition = "json")
  @Nullable String failure;

  @ColumnTransformer(write = JSON)
  @Column(columnDefinition = "json")
  @Nullable String outputs;

  @Nullable Long billableSeconds;

  @ColumnTransformer(write = JSON)
  @Column(columnDefinition = "json")
  String metrics;

  /** How many values each metric has had, as {@link MetricCount}s by name. */
  @ColumnTransformer(write = JSON)
  @Column(columnDefinition = "json")
  String series;

  @Nullable Double progress;
  @Nullable Instant progressAt;
  long revision;
  @Version long lockVersion;
  long events;
  int logLaunch;
  long logOffset;
  long logBytes;
  long logLines;
  boolean logDone;
  @Nullable String node;
  @Nullable String owner;
  @Nullable Long ownerEpoch;

  /**
   * When the reconciler should look next, counted from the database's now: its clock is the only
   * one that all replicas share. Null when there is nothing left to do.
   */
  @Column(name = "due_at", columnDefinition = "timestamptz")
  @ColumnTransformer(
      read = "extract(epoch from due_at - now())",
      write = "now() + make_interval(secs => ?)")
  @Nullable Double dueInSeconds;

  /** Since when its logs and files are gone for everybody; see {@link JobRetention}. */
  @Nullable Instant expiredAt;

  @Nullable Instant emptiedAt;
}
