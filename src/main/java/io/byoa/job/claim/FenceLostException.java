package io.byoa.job.claim;

/** The job belongs to another replica by now, or the lease ran out: nothing was written. */
public final class FenceLostException extends RuntimeException {
  FenceLostException(String job) {
    super("Job " + job + " is no longer ours to move", null, false, false);
  }
}
