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
    this(failure, failure.detail());
  }

  /**
   * Wraps a failure of ours whose place and cause are the operator's business.
   *
   * @param message what the log and the checks of readiness say instead of the detail; it never
   *     reaches the client
   */
  public FailureException(Failure failure, String message) {
    super(message, null, false, false);
    this.failure = failure;
  }

  /** What went wrong. */
  public Failure failure() {
    return failure;
  }
}
