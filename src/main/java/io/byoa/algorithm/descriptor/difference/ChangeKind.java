package io.byoa.algorithm.descriptor.difference;

import java.util.Locale;

/** How a declaration differs from an earlier one. */
public enum ChangeKind {
  /** It is new. */
  ADDED,
  /** It is gone. */
  REMOVED,
  /** It accepts or promises less than before. */
  NARROWED,
  /** It accepts or promises more than before. */
  WIDENED,
  /** It is different, neither less nor more. */
  CHANGED;

  /** In lower case, as the API writes it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
