package io.byoa.job.lifecycle;

import io.byoa.engine.Fault;
import io.byoa.engine.LaunchAnswer.Shortage;
import io.byoa.engine.Observation;

/** What can happen to a job. */
public sealed interface Stimulus {

  /** Somebody asks it to stop. */
  record StopAsked(String by) implements Stimulus {}

  /** The engine is about to be called. */
  record LaunchIntended() implements Stimulus {}

  /** The engine took it. */
  record LaunchAccepted() implements Stimulus {}

  /** The engine cannot take it for now. */
  record LaunchDeferred(Shortage reason, String message) implements Stimulus {

    /** Whether the job waits for this already. */
    public boolean isOn(JobState job) {
      return job.status() == JobStatus.QUEUED
          && !job.launching()
          && job.secondaryStatus().equals(JobLifecycle.waiting(reason));
    }
  }

  /** The engine did not answer, so that nobody knows whether it took it. */
  record LaunchUnanswered(String message) implements Stimulus {}

  /** It cannot be launched: the order cannot be made, or the engine will never take it. */
  record LaunchRefused(Fault fault) implements Stimulus {}

  /** The engine was asked about it. */
  record Observed(Observation observation) implements Stimulus {}
}
