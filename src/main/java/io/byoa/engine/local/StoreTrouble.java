package io.byoa.engine.local;

import io.byoa.common.Failure;
import io.byoa.common.FailureException;

/** Tells failures of the store that pass from those that stay. */
final class StoreTrouble {

  private StoreTrouble() {}

  /** Whether asking again later can help. */
  static boolean temporary(FailureException e) {
    return e.failure() instanceof Failure.Unavailable
        || e.failure() instanceof Failure.InsufficientStorage;
  }

  /** Hands temporary trouble on to whoever tries again. */
  static void rethrowIfTemporary(FailureException e) {
    if (temporary(e)) {
      throw e;
    }
  }
}
