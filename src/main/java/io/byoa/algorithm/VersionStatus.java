package io.byoa.algorithm;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an operator says of a version. */
public enum VersionStatus {
  /** It can be launched. */
  AVAILABLE,
  /** It can be launched still, and callers are told not to. */
  DEPRECATED,
  /** It cannot be launched; jobs that run go on. */
  DISABLED;

  /** The word that clients and the database use. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<VersionStatus> of(String word) {
    return Arrays.stream(values()).filter(status -> status.word().equals(word)).findFirst();
  }
}
