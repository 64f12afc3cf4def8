package io.byoa.job;

import io.byoa.access.Audit;
import io.byoa.access.Caller;
import io.byoa.job.lifecycle.Stimulus;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;

/** Takes requests to stop jobs. */
@Singleton
class Stops {

  private final JobJournal journal;
  private final Audit audit;

  Stops(JobJournal journal, Audit audit) {
    this.journal = journal;
    this.audit = audit;
  }

  /**
   * Asks a job to stop; one that is stopping or has ended stays as it is.
   *
   * @param before the job as it was read by a transaction that is over, so that this one begins
   *     with the row's lock
   * @return the job as it stands now
   */
  @Transactional
  public Job stop(Caller caller, Job before) {
    caller.requireScope(before.algorithm());
    Job after =
        journal
            .happened(before.id(), null, new Stimulus.StopAsked(caller.requester()))
            .orElseThrow();
    if (after.state().status() != before.state().status()) {
      audit.record(caller, "job.stopped", before.id());
    }
    return after;
  }
}
