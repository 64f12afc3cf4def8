package io.byoa.job;

import io.byoa.access.Caller;
import io.byoa.common.Failure;
import io.byoa.engine.Engines;
import io.byoa.engine.LaunchName;
import io.byoa.engine.TrainingEngine;
import io.byoa.job.lifecycle.JobStatus;
import jakarta.inject.Singleton;

/**
 * Interrupts jobs on purpose. The one request that reaches an engine: there is nothing to keep
 * about it, and nothing to repeat when it is lost.
 */
@Singleton
class Interruptions {

  private final Engines engines;

  Interruptions(Engines engines) {
    this.engines = engines;
  }

  /**
   * Takes the job's machine away.
   *
   * @throws io.byoa.common.FailureException 409 {@code not-training} or {@code not-interruptible}
   */
  Job interrupt(Caller caller, Job job) {
    caller.requireScope(job.algorithm());
    TrainingEngine engine = engines.find(job.engine()).orElse(null);
    if (engine == null || !engine.boundToThisMachine()) {
      throw new Failure.Conflict(
              "not-interruptible",
              "Only jobs of the local engine can be interrupted on purpose; this one runs on '%s'."
                  .formatted(job.engine()))
          .raise();
    }
    boolean running = job.state().status() == JobStatus.IN_PROGRESS;
    LaunchName name = LaunchName.of(job.algorithm(), job.id(), job.state().launch());
    if (!running || !engine.interrupt(name)) {
      throw new Failure.Conflict(
              "not-training",
              "The job is not training at this moment (%s), so there is nothing to take away."
                  .formatted(job.state().secondaryStatus()))
          .raise();
    }
    return job;
  }
}
