package io.byoa.common;

import org.jspecify.annotations.Nullable;

/**
 * Why BYOA does not start, as one or two sentences for the operator that say what to do about it.
 *
 * <p>It is printed without a stack trace: it describes the machine or its settings, not a defect of
 * ours.
 */
public final class StartRefused extends IllegalStateException {

  /** The sentence alone. */
  public StartRefused(String message) {
    this(message, null);
  }

  /** The sentence, and what was thrown, for the debug log. */
  public StartRefused(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
