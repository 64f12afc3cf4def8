package io.byoa.job;

import io.byoa.engine.Observation;
import io.byoa.job.claim.FenceLostException;
import io.byoa.job.claim.Lease;
import io.byoa.job.lifecycle.Backoff;
import io.byoa.job.lifecycle.History;
import io.byoa.job.lifecycle.JobLifecycle;
import io.byoa.job.lifecycle.JobLifecycle.Decision;
import io.byoa.job.lifecycle.JobState;
import io.byoa.job.lifecycle.JobStatus;
import io.byoa.job.lifecycle.Stimulus;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The only way to move a job: what happened goes in, {@link JobLifecycle} decides, and the new
 * state and its event are written in one transaction under the job's row lock.
 */
@Singleton
public class JobJournal {

  private static final Logger LOG = Logger.getLogger(JobJournal.class);

  private final JobRepository jobs;
  private final LockedJobs locked;
  private final JobRows rows;
  private final Event<JobMoved> moves;
  private final RandomGenerator random;

  JobJournal(
      JobRepository jobs,
      LockedJobs locked,
      JobRows rows,
      Event<JobMoved> moves,
      RandomGenerator random) {
    this.jobs = jobs;
    this.locked = locked;
    this.rows = rows;
    this.moves = moves;
    this.random = random;
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
    return locked
        .lock(id, lease)
        .map(row -> {
          Instant now = locked.now();
          JobState before = rows.state(row);
          Optional<Decision> decision = JobLifecycle.decide(before, stimulus, now);
          decision.ifPresent(decided -> apply(row, before, decided, now));
          Job after = rows.job(row);
          decision.ifPresent(
              decided -> moves.fire(new JobMoved(before, decided.transition(), after)));
          return after;
        });
  }

  /**
   * Whether this would move the job, as it was read, at all. Asked before a transaction: most looks
   * at a running job see nothing new. A job that somebody else has moved since is due again.
   */
  public boolean isNews(Job job, Observation seen) {
    return JobLifecycle.decide(job.state(), new Stimulus.Observed(seen), locked.now()).isPresent();
  }

  /** The job as it stands; empty when there is none. */
  @Transactional
  public Optional<Job> read(String id) {
    return jobs.findByIdOptional(id).map(rows::job);
  }

  /**
   * These jobs as they stand, oldest first. One that cannot be read is left out, and the log says
   * so: it must not keep the others from moving.
   */
  @Transactional
  public List<Job> read(Collection<String> ids) {
    return jobs.all(ids).stream().flatMap(row -> readable(row).stream()).toList();
  }

  private Optional<Job> readable(JobEntity row) {
    try {
      return Optional.of(rows.job(row));
    } catch (RuntimeException e) {
      LOG.errorf(e, "The row of job %s cannot be read", row.id);
      return Optional.empty();
    }
  }

  private void apply(JobEntity row, JobState before, Decision decision, Instant now) {
    JobState next = decision.next();
    if (next.launch() > row.launch) {
      // The output goes on with that of the next launch.
      row.logDone = false;
    }
    rows.put(next, row);
    // Most moves are worth another look at once, such as an ended job to tidy up after.
    row.dueInSeconds =
        Backoff.jittered(decision.waitAtMost(), random.nextDouble()).toMillis() / 1000.0;
    if (decision.transition().visible() && !next.looksLike(before)) {
      row.revision++;
      // Whoever follows gets to see all of the timeline, though looks at the engine leave gaps.
      for (History.Step passed : next.passedSince(before)) {
        record(row, "status", passed.startedAt(), statusData(before, passed));
      }
      record(row, "status", next.cameAbout(before, now), statusData(next));
      locked.changed(row, true);
    }
  }

  /** Appends an event; the caller holds the row lock. */
  void record(JobEntity row, String type, Instant at, Map<String, Object> data) {
    JobEventEntity event = new JobEventEntity();
    event.key = new JobEventEntity.Key(row.id, ++row.events);
    event.team = row.team;
    event.time = at;
    event.type = type;
    event.data = rows.write(data);
    locked.add(event);
  }

  private static Map<String, Object> statusData(JobState before, History.Step passed) {
    JobStatus status =
        before.status() == JobStatus.STOPPING ? JobStatus.STOPPING : JobStatus.IN_PROGRESS;
    var phase = new Observation.Phase(passed.status(), passed.startedAt(), passed.message());
    return statusData(status, phase.name(), phase.sentence());
  }

  static Map<String, Object> statusData(JobState state) {
    Map<String, Object> data = statusData(state.status(), state.secondaryStatus(), state.message());
    if (state.failure() != null) {
      data.put("failure", FailureView.of(state.failure()));
    }
    return data;
  }

  private static Map<String, Object> statusData(
      JobStatus status, String secondaryStatus, String message) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("status", status.word());
    data.put("secondaryStatus", secondaryStatus);
    data.put("message", message);
    return data;
  }
}
