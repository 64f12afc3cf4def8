package io.byoa.engine.local.input;

import io.byoa.common.Failure;
import io.byoa.common.FailureException;
import io.byoa.engine.Fault;

/** Tells failures of the store that pass from those that stay. */
public final class StoreTrouble {

  private StoreTrouble() {}

  /** Whether asking again later can help. */
  public static boolean temporary(FailureException e) {
    return e.failure() instanceof Failure.Unavailable
        || e.failure() instanceof Failure.InsufficientStorage;
  }

  /** What it means for a launch that its code cannot be had, for good. */
  public static Fault ofCode(FailureException e) {
    return e.failure().code().equals("object-altered")
        ? new Fault(
            Fault.Code.CODE_ALTERED,
            "The stored code does not match its digest, so it was not run. " + e.failure().detail())
        : new Fault(Fault.Code.PLATFORM_ERROR, "The code cannot be had. " + e.failure().detail());
  }

  /** Hands temporary trouble on to whoever tries again. */
  public static void rethrowIfTemporary(FailureException e) {
    if (temporary(e)) {
      throw e;
    }
  }
}
