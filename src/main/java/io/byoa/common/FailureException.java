package io.byoa.common;

/**
 * Carries a {@link Failure} up to whoever answers the request.
 *
 * <p>It has no stack trace: the failure describes the caller's request, not a defect of ours, and
 * some of them are refused thousands of times a second.
 */
public final class FailureException extends RuntimeException {

  private final transient Failure failure;

  /** Wraps the failure; its detail becomes the message. */
  public FailureException(Failure failure) {
    super(failure.detail(), null, false, false);
    this.failure = failure;
  }

  /** What went wrong. */
  public Failure failure() {
    return failure;
  }
}
