package io.byoa.job;

import io.byoa.job.claim.ClaimRepository;
import io.byoa.job.claim.FenceLostException;
import io.byoa.job.claim.Lease;
import io.byoa.job.watch.JobChanged;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A job's row under its lock, for whoever may write it, and what is written beside it. Everything
 * here runs in the writer's transaction.
 */
@Singleton
class LockedJobs {

  private final JobRepository jobs;
  private final ClaimRepository claims;
  private final InstantSource time;
  private final Event<JobChanged> changes;

  LockedJobs(
      JobRepository jobs, ClaimRepository claims, InstantSource time, Event<JobChanged> changes) {
    this.jobs = jobs;
    this.claims = claims;
    this.time = time;
    this.changes = changes;
  }

  /**
   * The row, locked until the transaction ends; empty when there is no such job.
   *
   * @param lease the claim under which it is written; null for what people ask for
   * @throws FenceLostException when the claim is no longer ours
   */
  Optional<JobEntity> lock(String id, @Nullable Lease lease) {
    Optional<JobEntity> row = jobs.lock(id);
    row.ifPresent(found -> claims.check(lease, found.id, found.owner, found.ownerEpoch));
    return row;
  }

  /** When what is being written happens. */
  Instant now() {
    return time.instant();
  }

  void add(JobEventEntity event) {
    jobs.add(event);
  }

  void add(JobLogEntity chunk) {
    jobs.add(chunk);
  }

  /** Tells whoever watches the job, once this is committed. */
  void changed(JobEntity row, boolean work) {
    changes.fire(new JobChanged(row.id, work));
  }
}
