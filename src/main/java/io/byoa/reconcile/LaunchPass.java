package io.byoa.reconcile;

import io.byoa.common.Failure;
import io.byoa.common.FailureException;
import io.byoa.engine.EngineUnavailableException;
import io.byoa.engine.Engines;
import io.byoa.engine.Fault;
import io.byoa.engine.LaunchAnswer;
import io.byoa.engine.LaunchAnswer.Shortage;
import io.byoa.engine.LaunchName;
import io.byoa.engine.TrainingEngine;
import io.byoa.engine.TrainingOrder;
import io.byoa.job.ClaimRepository;
import io.byoa.job.Job;
import io.byoa.job.JobJournal;
import io.byoa.job.Lease;
import io.byoa.job.lifecycle.JobStatus;
import io.byoa.job.lifecycle.Stimulus;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Launches waiting jobs in the order in which they were accepted. An engine that is full ends its
 * line for this pass: nobody overtakes.
 */
@Singleton
class LaunchPass {

  private static final Logger LOG = Logger.getLogger(LaunchPass.class);

  /** A freed slot wakes the line, so this is only for a wake-up that was lost. */
  private static final Duration SLOT_RECHECK = Duration.ofSeconds(15);

  private final Engines engines;
  private final OrderAssembly orders;
  private final JobJournal journal;
  private final ClaimRepository claims;
  private final Follower follower;
  private final ReconcileConfig config;

  LaunchPass(
      Engines engines,
      OrderAssembly orders,
      JobJournal journal,
      ClaimRepository claims,
      Follower follower,
      ReconcileConfig config) {
    this.engines = engines;
    this.orders = orders;
    this.journal = journal;
    this.claims = claims;
    this.follower = follower;
    this.config = config;
  }

  /** Tries these jobs, oldest first. */
  void run(List<Job> waiting, Lease lease) {
    Set<String> full = new HashSet<>();
    for (Job job : waiting) {
      JobContext.during(
          job.id(),
          () -> {
            if (full.contains(job.engine())) {
              defer(job, lease, "Waiting for a slot; jobs accepted earlier go first.");
            } else if (launch(job, lease)) {
              full.add(job.engine());
            }
          });
    }
  }

  /** Launches one job; true when its engine has no slot left. */
  private boolean launch(Job job, Lease lease) {
    TrainingEngine engine = engines.find(job.engine()).orElse(null);
    if (engine == null) {
      journal.happened(
          job.id(),
          lease,
          new Stimulus.LaunchRefused(
              new Fault(
                  Fault.Code.PLATFORM_ERROR,
                  "This installation no longer has the engine '" + job.engine() + "'.")));
      return false;
    }
    if (!follower.finishEarlierLaunches(job, engine, lease)) {
      claims.again(job.id(), lease, config.follow());
      return false;
    }
    LaunchName name = LaunchName.of(job.algorithm(), job.id(), job.state().launch());
    try {
      TrainingOrder order = orders.assemble(job, name);
      Job intended = journal.happened(job.id(), lease, new Stimulus.LaunchIntended()).orElseThrow();
      if (intended.state().status() != JobStatus.QUEUED) {
        return false;
      }
      LaunchAnswer answer = engine.launch(order);
      journal.happened(job.id(), lease, stimulus(answer));
      return answer instanceof LaunchAnswer.Deferred deferred && wait(job, lease, deferred);
    } catch (FailureException e) {
      journal.happened(job.id(), lease, new Stimulus.LaunchRefused(fault(e.failure())));
    } catch (EngineUnavailableException e) {
      LOG.infof("%s; trying again under the same name", e.getMessage());
      claims.again(job.id(), lease, config.unavailable());
    }
    return false;
  }

  private boolean wait(Job job, Lease lease, LaunchAnswer.Deferred deferred) {
    boolean slot = deferred.reason() == Shortage.SLOT;
    claims.again(job.id(), lease, slot ? SLOT_RECHECK : config.unavailable());
    return slot;
  }

  private void defer(Job job, Lease lease, String message) {
    journal.happened(job.id(), lease, new Stimulus.LaunchDeferred(Shortage.SLOT, message));
    claims.again(job.id(), lease, SLOT_RECHECK);
  }

  private static Stimulus stimulus(LaunchAnswer answer) {
    return switch (answer) {
      case LaunchAnswer.Accepted ignored -> new Stimulus.LaunchAccepted();
      case LaunchAnswer.Deferred deferred ->
          new Stimulus.LaunchDeferred(deferred.reason(), deferred.message());
      case LaunchAnswer.Rejected rejected -> new Stimulus.LaunchRefused(rejected.fault());
    };
  }

  /** The order cannot be made: something that was there at launch has gone or changed since. */
  private static Fault fault(Failure failure) {
    Fault.Code code =
        failure.code().startsWith("input-") || failure.code().startsWith("dataset-")
            ? Fault.Code.INPUT_MISSING
            : Fault.Code.PLATFORM_ERROR;
    return new Fault(code, failure.detail());
  }
}
