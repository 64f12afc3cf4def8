package io.byoa.job.launch;

import io.byoa.common.Violation;
import java.util.Optional;
import java.util.regex.Pattern;

/** The rules for tags: those of SageMaker's {@code Tag}, without {@code =} in names. */
final class Tags {

  static final String VALUE_RULE =
      "A tag's value has at most 256 letters, digits, spaces and characters of _.:/=+-@";

  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{Zs}\\p{N}_.:/+\\-@]{1,128}");
  private static final Pattern VALUE = Pattern.compile("[\\p{L}\\p{Zs}\\p{N}_.:/=+\\-@]{0,256}");

  private Tags() {}

  static boolean isValue(String text) {
    return VALUE.matcher(text).matches();
  }

  static Optional<Violation> faultOfName(String name) {
    return NAME.matcher(name).matches() && !name.startsWith("aws:")
        ? Optional.empty()
        : Optional.of(
            new Violation(
                Violation.step("/tags", name),
                "A tag's name has 1 to 128 letters, digits, spaces and characters of _.:/+-@, and"
                    + " does not begin with 'aws:'."));
  }
}
