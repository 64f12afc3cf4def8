package io.byoa.job.lifecycle;

import static io.byoa.job.lifecycle.JobStatus.COMPLETED;
import static io.byoa.job.lifecycle.JobStatus.FAILED;
import static io.byoa.job.lifecycle.JobStatus.IN_PROGRESS;
import static io.byoa.job.lifecycle.JobStatus.QUEUED;
import static io.byoa.job.lifecycle.JobStatus.STOPPED;
import static io.byoa.job.lifecycle.JobStatus.STOPPING;

import java.util.EnumSet;
import java.util.Set;

/**
 * Every move a job can make. What is not in this table does not happen: {@link JobLifecycle} takes
 * its moves from here, the database refuses to leave a terminal status, and the build fails for a
 * move that no test makes.
 */
public enum JobTransition {
  /** The engine is about to be called; from here on it may know the launch. */
  INTENDED(EnumSet.of(QUEUED), QUEUED, false),
  /** No slot, quota or capacity for now, or no answer. */
  DEFERRED(EnumSet.of(QUEUED), QUEUED, true),
  /** The engine has taken the job. */
  LAUNCHED(EnumSet.of(QUEUED), IN_PROGRESS, true),
  /** The engine reports a new phase, message or attempt. */
  MOVED(EnumSet.of(IN_PROGRESS), IN_PROGRESS, true),
  /** A platform or provider fault, and the retry strategy allows another launch. */
  RETRIED(EnumSet.of(QUEUED, IN_PROGRESS), QUEUED, true),
  /** Somebody asked to stop before any engine could have known the job. */
  CANCELLED(EnumSet.of(QUEUED), STOPPED, true),
  /** Somebody asked to stop. */
  STOP_ASKED(EnumSet.of(QUEUED, IN_PROGRESS), STOPPING, true),
  /** The engine reports something new while the job is stopping. */
  WOUND_DOWN(EnumSet.of(STOPPING), STOPPING, true),
  /** It ended well, perhaps just before the stop reached it. */
  SUCCEEDED(EnumSet.of(QUEUED, IN_PROGRESS, STOPPING), COMPLETED, true),
  /** It failed, and no further launch will help or is allowed. */
  GAVE_UP(EnumSet.of(QUEUED, IN_PROGRESS, STOPPING), FAILED, true),
  /** It ended because it was asked to, here or at the provider. */
  HALTED(EnumSet.of(QUEUED, IN_PROGRESS, STOPPING), STOPPED, true),
  /** A time limit ended it. */
  TIMED_OUT(EnumSet.of(QUEUED, IN_PROGRESS, STOPPING), STOPPED, true);

  @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable copy
  private final Set<JobStatus> from;

  private final JobStatus to;
  private final boolean visible;

  JobTransition(Set<JobStatus> from, JobStatus to, boolean visible) {
    this.from = Set.copyOf(from);
    this.to = to;
    this.visible = visible;
  }

  /** The statuses in which this move starts. */
  public Set<JobStatus> from() {
    return from;
  }

  /** The status in which it ends. */
  public JobStatus to() {
    return to;
  }

  /** Whether it is an event that people who follow the job see. */
  public boolean visible() {
    return visible;
  }
}
