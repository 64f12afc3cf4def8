package io.byoa.job;

import io.byoa.job.lifecycle.JobState;
import io.byoa.job.lifecycle.JobTransition;

/**
 * A job made a move. Observed after the commit, on the replica and thread that moved it: once for
 * each move that is written down, whatever was tried before.
 *
 * @param before where it stood
 * @param job the job after the move
 */
public record JobMoved(JobState before, JobTransition transition, Job job) {

  /** Whether people who follow the job see it. */
  public boolean visible() {
    return transition.visible() && !job.state().looksLike(before);
  }
}
