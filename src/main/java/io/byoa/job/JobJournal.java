package io.byoa.job;

import io.byoa.job.lifecycle.JobLifecycle;
import io.byoa.job.lifecycle.JobLifecycle.Decision;
import io.byoa.job.lifecycle.JobState;
import io.byoa.job.lifecycle.JobTransition;
import io.byoa.job.lifecycle.Stimulus;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The only way to move a job: what happened goes in, {@link JobLifecycle} decides, and the new
 * state and its event are written in one transaction under the job's row lock.
 */
@Singleton
public class JobJournal {

  private final JobRepository jobs;
  private final JobRows rows;
  private final ClaimRepository claims;
  private final InstantSource time;
  private final Event<JobChanged> changes;

  JobJournal(
      JobRepository jobs,
      JobRows rows,
      ClaimRepository claims,
      InstantSource time,
      Event<JobChanged> changes) {
    this.jobs = jobs;
    this.rows = rows;
    this.claims = claims;
    this.time = time;
    this.changes = changes;
  }

  /**
   * Moves a job.
   *
   * @param lease the claim under which this happens; null for what people ask for
   * @return the job as it stands now; empty when there is no such job
   * @throws FenceLostException when the claim is no longer ours
   */
  @Transactional
  public Optional<Job> happened(String id, @Nullable Lease lease, Stimulus stimulus) {
    return jobs.lock(id)
        .map(row -> {
          claims.check(lease, row);
          Instant now = time.instant();
          JobLifecycle.decide(rows.state(row), stimulus, now)
              .ifPresent(decision -> apply(row, decision, now));
          return rows.job(row);
        });
  }

  /** The job as it stands; empty when there is none. */
  @Transactional
  public Optional<Job> read(String id) {
    return jobs.findByIdOptional(id).map(rows::job);
  }

  private void apply(JobEntity row, Decision decision, Instant now) {
    JobState next = decision.next();
    rows.put(next, row);
    // Every move is worth another look at once: a new job to launch, an ended one to tidy up after.
    row.dueInSeconds = 0.0;
    JobTransition transition = decision.transition();
    if (transition.visible()) {
      row.revision++;
      record(row, "status", now, statusData(next));
    }
    changes.fire(new JobChanged(row.id, true));
  }

  /** Appends an event; the caller holds the row lock. */
  void record(JobEntity row, String type, Instant at, Map<String, Object> data) {
    JobEventEntity event = new JobEventEntity();
    event.key = new JobEventEntity.Key(row.id, ++row.events);
    event.team = row.team;
    event.time = at;
    event.type = type;
    event.data = rows.write(data);
    jobs.add(event);
  }

  static Map<String, Object> statusData(JobState state) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("status", state.status().word());
    data.put("secondaryStatus", state.secondaryStatus());
    data.put("message", state.message());
    if (state.failure() != null) {
      data.put("failure", FailureView.of(state.failure()));
    }
    return data;
  }
}
