package io.byoa.job;

import io.byoa.common.Failure;
import io.byoa.job.JobSnapshots.Snapshot;
import io.byoa.web.Stopping;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads jobs for clients: those of their team, now or once something has happened to them. */
@Singleton
class JobReads {

  private static final Duration SOON = Duration.ofSeconds(5);

  private final JobRepository jobs;
  private final JobRows rows;
  private final JobSnapshots snapshots;
  private final JobWatch watch;
  private final Stopping stopping;

  JobReads(
      JobRepository jobs, JobRows rows, JobSnapshots snapshots, JobWatch watch, Stopping stopping) {
    this.jobs = jobs;
    this.rows = rows;
    this.snapshots = snapshots;
    this.watch = watch;
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
  public List<Snapshot> list(String team, JobFilter filter, Optional<String> after, int limit) {
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
    Uni<Snapshot> change = Uni.createFrom().emitter(emitter -> emitWhen(emitter, team, id, wanted));
    Uni<Snapshot> stopped = stopping.begun().flatMap(nothing -> later(team, id));
    return Uni.combine()
        .any()
        .of(change.ifNoItem().after(atMost).recoverWithUni(() -> later(team, id)), stopped);
  }

  private Snapshot look(String team, String id) {
    return snapshots.find(team, id).orElseThrow(() -> notFound(id).raise());
  }

  private Uni<Snapshot> later(String team, String id) {
    return Uni.createFrom()
        .item(() -> look(team, id))
        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
  }

  private void emitWhen(
      UniEmitter<? super Snapshot> emitter, String team, String id, Predicate<Job> wanted) {
    Looks looks =
        new Looks(
            Infrastructure.getDefaultWorkerPool(),
            () -> {
              try {
                Snapshot now = look(team, id);
                if (wanted.test(now.job())) {
                  emitter.complete(now);
                }
              } catch (RuntimeException e) {
                emitter.fail(e);
              }
            });
    JobWatch.Watching watching = watch.watch(id, looks::again);
    emitter.onTermination(() -> {
      watching.close();
      looks.close();
    });
    // Something may have happened between the first look and the watch.
    looks.again();
  }

  static Failure notFinished(Job job) {
    return new Failure.Conflict(
        "job-not-finished",
        "The job is %s; its result is there when it has ended. Ask again, or wait with ?wait=60s."
            .formatted(job.state().status().word()),
        SOON);
  }

  /**
   * Refuses to read on when the job's logs and files are gone.
   *
   * @throws io.byoa.common.FailureException 410 {@code expired}
   */
  static Job requireKept(Job job) {
    requireKept(job.expiredAt());
    return job;
  }

  /**
   * The same for a job whose logs and files went at this time.
   *
   * @param expiredAt null while they are there
   */
  static void requireKept(@Nullable Instant expiredAt) {
    if (expiredAt != null) {
      throw new Failure.Gone(
              "expired",
              "The logs and files of this job were deleted on %s, long after its end, as this installation is set up. Its status, metrics, events and the list of its files are still there; launch it again to get new ones."
                  .formatted(LocalDate.ofInstant(expiredAt, ZoneOffset.UTC)))
          .raise();
    }
  }

  static Failure notFound(String id) {
    return new Failure.NotFound(
        "job-not-found", "There is no job '" + id + "'. GET /api/v1/jobs lists the jobs.");
  }
}
