package io.byoa.job.telemetry;

import io.byoa.common.LogContext;
import io.byoa.engine.Fault;
import io.byoa.job.FailureView;
import io.byoa.job.Job;
import io.byoa.job.JobAccepted;
import io.byoa.job.JobMoved;
import io.byoa.job.lifecycle.JobState;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/**
 * Tells the server's log where jobs stand, a line for each change. Only words of ours: what
 * programs and people say is in the job itself.
 */
@Singleton
final class JobTrail {

  private static final Logger LOG = Logger.getLogger(JobTrail.class);

  void accepted(@Observes(during = TransactionPhase.AFTER_SUCCESS) JobAccepted accepted) {
    Job job = accepted.job();
    try (var _ = LogContext.ofJob(job.id())) {
      LOG.infof(
          "Accepted: %s %s on %s for %s",
          job.algorithm(), job.version(), job.engine(), job.requester());
    }
  }

  void moved(@Observes(during = TransactionPhase.AFTER_SUCCESS) JobMoved moved) {
    JobState before = moved.before();
    JobState after = moved.job().state();
    boolean same =
        before.status() == after.status()
            && before.secondaryStatus().equals(after.secondaryStatus());
    if (!moved.visible() || same) {
      return;
    }
    Fault failure = after.failure();
    try (var _ = LogContext.ofJob(moved.job().id())) {
      LOG.infof(
          "%s: %s%s",
          after.status(),
          after.secondaryStatus(),
          failure == null ? "" : ", " + FailureView.code(failure.code()));
    }
  }
}
