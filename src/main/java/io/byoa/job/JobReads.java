package io.byoa.job;

import io.byoa.common.Failure;
import io.byoa.job.JobSnapshots.Snapshot;
import io.byoa.job.intake.MetricCount;
import io.byoa.job.watch.Following;
import io.byoa.web.Stopping;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads jobs for clients: those of their team, now or once something has happened to them. */
@Singleton
public class JobReads {

  private static final Duration SOON = Duration.ofSeconds(5);

  private final JobRepository jobs;
  private final JobRows rows;
  private final JobSnapshots snapshots;
  private final Following following;
  private final Stopping stopping;

  JobReads(
      JobRepository jobs,
      JobRows rows,
      JobSnapshots snapshots,
      Following following,
      Stopping stopping) {
    this.jobs = jobs;
    this.rows = rows;
    this.snapshots = snapshots;
    this.following = following;
    this.stopping = stopping;
  }

  /**
   * The job.
   *
   * @throws io.byoa.common.FailureException 404 {@code job-not-found}, also for another team's job
   */
  @Transactional
  public Job get(String team, String id) {
    return jobs.find(team, id).map(rows::job).orElseThrow(() -> notFound(id).raise());
  }

  /** Jobs newest first. */
  @Transactional
  List<Snapshot> list(String team, JobFilter filter, Optional<String> after, int limit) {
    return snapshots.all(jobs.list(team, filter, after, limit));
  }

  /**
   * The job once it is as the caller wants it, or as it is when the time is over or the server
   * stops. No thread waits.
   */
  Uni<Snapshot> await(String team, String id, Predicate<Job> wanted, Duration atMost) {
    Snapshot now = look(team, id);
    if (atMost.isZero() || wanted.test(now.job())) {
      return Uni.createFrom().item(now);
    }
    Uni<Snapshot> change =
        following.found(
            id, () -> Optional.of(look(team, id)).filter(found -> wanted.test(found.job())));
    Uni<Snapshot> stopped = stopping.begun().flatMap(nothing -> later(team, id));
    return Uni.combine()
        .any()
        .of(change.ifNoItem().after(atMost).recoverWithUni(() -> later(team, id)), stopped);
  }

  /**
   * The job once it has ended; no thread waits.
   *
   * @throws io.byoa.common.FailureException 409 {@code job-not-finished} when the time is over
   *     before, or the server stops
   */
  public Uni<Job> ended(String team, String id, Duration atMost) {
    return await(team, id, job -> job.state().status().terminal(), atMost)
        .map(Snapshot::job)
        .invoke(JobReads::requireEnded);
  }

  /**
   * How many values each of the job's metrics has had, by name.
   *
   * @throws io.byoa.common.FailureException 404 {@code job-not-found}
   */
  @Transactional
  public Map<String, MetricCount> series(String team, String id) {
    return jobs.find(team, id).map(rows::series).orElseThrow(() -> notFound(id).raise());
  }

  private Snapshot look(String team, String id) {
    return snapshots.find(team, id).orElseThrow(() -> notFound(id).raise());
  }

  private Uni<Snapshot> later(String team, String id) {
    return Uni.createFrom()
        .item(() -> look(team, id))
        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
  }

  /**
   * Refuses to tell what a job left before it has ended.
   *
   * @throws io.byoa.common.FailureException 409 {@code job-not-finished}
   */
  public static void requireEnded(Job job) {
    if (!job.state().status().terminal()) {
      throw new Failure.Conflict(
              "job-not-finished",
              "The job is %s; its result is there when it has ended. Ask again, or wait with ?wait=60s."
                  .formatted(job.state().status().word()),
              SOON)
          .raise();
    }
  }

  /**
   * Refuses to read on when the job's logs and files are gone.
   *
   * @throws io.byoa.common.FailureException 410 {@code expired}
   */
  public static Job requireKept(Job job) {
    requireKept(job.expiredAt());
    return job;
  }

  /**
   * The same for a job whose logs and files went at this time.
   *
   * @param expiredAt null while they are there
   */
  public static void requireKept(@Nullable Instant expiredAt) {
    if (expiredAt != null) {
      throw new Failure.Gone(
              "expired",
              "The logs and files of this job were deleted on %s, long after its end, as this installation is set up. Its status, metrics, events and the list of its files are still there; launch it again to get new ones."
                  .formatted(LocalDate.ofInstant(expiredAt, ZoneOffset.UTC)))
          .raise();
    }
  }

  /** The answer to whoever asks for a job that their team does not have. */
  public static Failure notFound(String id) {
    return new Failure.NotFound(
        "job-not-found", "There is no job '" + id + "'. GET /api/v1/jobs lists the jobs.");
  }
}
