package io.byoa.reconcile;

import java.util.concurrent.atomic.LongAdder;

/** What the reconciler has counted since it started. */
final class Tally {

  private final LongAdder claimed = new LongAdder();
  private final LongAdder troubles = new LongAdder();
  private final LongAdder fencesLost = new LongAdder();
  private final LongAdder unanswered = new LongAdder();

  void claimed(int jobs) {
    claimed.add(jobs);
  }

  void trouble() {
    troubles.increment();
  }

  void fenceLost() {
    fencesLost.increment();
  }

  void unanswered() {
    unanswered.increment();
  }

  /** Jobs that this replica took on. */
  long claims() {
    return claimed.sum();
  }

  /** Times that a job could not be moved. */
  long troubles() {
    return troubles.sum();
  }

  /** Writes that were refused because another replica had the job. */
  long fencesLost() {
    return fencesLost.sum();
  }

  /** Calls that an engine did not answer. */
  long unansweredCalls() {
    return unanswered.sum();
  }
}
