package io.byoa.job.lifecycle;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where a job stands: SageMaker's {@code TrainingJobStatus} words, and {@code Queued} before them.
 * Only {@link #COMPLETED} is success.
 */
public enum JobStatus {
  /** Accepted and waiting for its turn, for a slot, a quota or capacity; or for its next launch. */
  QUEUED("Queued", false),
  /** Launched; the engine is at work on it. */
  IN_PROGRESS("InProgress", false),
  /** Somebody asked it to stop; it has its grace period. */
  STOPPING("Stopping", false),
  /** Ended with exit code 0; its outputs are in the store. */
  COMPLETED("Completed", true),
  /** Ended otherwise; the failure says whose fault it was. */
  FAILED("Failed", true),
  /** Ended because somebody asked, or because a time limit was over; then it carries a failure. */
  STOPPED("Stopped", true);

  private final String word;
  private final boolean terminal;

  JobStatus(String word, boolean terminal) {
    this.word = word;
    this.terminal = terminal;
  }

  /** The word that clients and the database use. */
  public String word() {
    return word;
  }

  /** Whether nothing will change any more. */
  public boolean terminal() {
    return terminal;
  }

  /** The status of this word; empty for an unknown one. */
  public static Optional<JobStatus> of(String word) {
    return Arrays.stream(values()).filter(status -> status.word.equals(word)).findFirst();
  }

  /** All words, in the order of a job's life. */
  public static List<String> words() {
    return Arrays.stream(values()).map(JobStatus::word).toList();
  }

  @Override
  public String toString() {
    return word;
  }
}
