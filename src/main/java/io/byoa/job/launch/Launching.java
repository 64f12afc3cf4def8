package io.byoa.job.launch;

import io.byoa.access.Caller;
import io.byoa.algorithm.PublishedVersion;
import io.byoa.common.IdSource;
import io.byoa.job.Job;
import io.byoa.job.JobAccepted;
import io.byoa.job.JobRequest;
import io.byoa.job.NewJobs;
import io.byoa.job.claim.Node;
import io.byoa.job.lifecycle.JobState;
import io.byoa.job.telemetry.JobTraces;
import io.byoa.job.watch.JobChanged;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/**
 * Accepts launches that were checked: row and first event are written in the caller's transaction,
 * which whoever has to know hears of after it.
 */
@Singleton
class Launching {

  private final Node node;
  private final NewJobs jobs;
  private final IdSource ids;
  private final InstantSource time;
  private final JobTraces traces;
  private final Event<JobAccepted> accepted;
  private final Event<JobChanged> changes;

  Launching(
      Node node,
      NewJobs jobs,
      IdSource ids,
      InstantSource time,
      JobTraces traces,
      Event<JobAccepted> accepted,
      Event<JobChanged> changes) {
    this.node = node;
    this.jobs = jobs;
    this.ids = ids;
    this.time = time;
    this.traces = traces;
    this.accepted = accepted;
    this.changes = changes;
  }

  /** Writes the job of a plan; runs in the caller's transaction. */
  @Transactional
  Job accept(Caller caller, LaunchPlan plan) {
    Instant now = time.instant();
    PublishedVersion version = plan.version();
    JobRequest request = plan.request();
    JobState state = JobState.accepted(request.maximumRetryAttempts(), now);
    Job job =
        new Job(
            ids.next(),
            caller.team(),
            version.algorithm(),
            version.version(),
            plan.engine().name(),
            caller.requester(),
            request,
            state,
            Map.of(),
            null,
            Job.LogPosition.START,
            traces.current(),
            null,
            1);
    jobs.add(job, plan.engine().boundToThisMachine() ? node.id() : null);
    accepted.fire(new JobAccepted(job));
    changes.fire(new JobChanged(job.id(), true));
    return job;
  }
}
