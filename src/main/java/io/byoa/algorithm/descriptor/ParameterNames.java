package io.byoa.algorithm.descriptor;

import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What hyperparameters may be called. A name becomes a key of a file, a part of the name of an
 * environment variable and an argument, so that whatever ends one of these is refused.
 */
final class ParameterNames {

  /** SageMaker's limit for the keys of {@code HyperParameters}. */
  static final int LONGEST = 256;

  private static final Pattern SHAPE = Pattern.compile("[^=\\pC\\p{Zl}\\p{Zp}]+");

  private ParameterNames() {}

  /** The end of a sentence that begins with the name; {@code null} when nothing is wrong. */
  static @Nullable String fault(String name) {
    if (name.length() > LONGEST) {
      return "is not the name of a parameter: at most %d characters".formatted(LONGEST);
    }
    return SHAPE.matcher(name).matches()
        ? null
        : "is not the name of a parameter: 1 to %d characters, without \"=\", line breaks and other control characters"
            .formatted(LONGEST);
  }
}
