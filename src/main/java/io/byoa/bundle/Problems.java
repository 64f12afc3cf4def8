package io.byoa.bundle;

import io.byoa.common.Failure;
import io.byoa.common.FailureException;
import io.byoa.common.Violation;
import java.util.ArrayList;
import java.util.List;

/**
 * What is wrong with an archive, gathered so that its author sees everything at once.
 *
 * <p>Each problem points at its entry as if the archive were an object whose members are the
 * entries: {@code /src~1train.py}.
 */
final class Problems {

  /** As many as somebody reads; the others are counted. */
  private static final int SHOWN = 50;

  private static final int LONGEST_NAME = 256;

  private final List<Violation> violations = new ArrayList<>();
  private int count;

  /** Notes a problem of an entry; inspection goes on, to find the others. */
  void add(String entry, String detail) {
    note(Violation.step("", printable(entry)), printable(entry) + " " + detail);
  }

  /** Notes a problem of the archive as a whole. */
  void add(String detail) {
    note("", detail);
  }

  private void note(String pointer, String detail) {
    count++;
    if (violations.size() < SHOWN) {
      violations.add(new Violation(pointer, detail));
    }
  }

  boolean any() {
    return count > 0;
  }

  /** Refuses the archive when something was noted. */
  void raiseIfAny() {
    if (any()) {
      throw refusal();
    }
  }

  /** Notes a problem after which nothing that follows can be trusted; to be thrown. */
  FailureException fatal(String entry, String detail) {
    add(entry, detail);
    return refusal();
  }

  /** Notes a problem of the whole archive after which nothing can be trusted; to be thrown. */
  FailureException fatal(String detail) {
    add(detail);
    return refusal();
  }

  private FailureException refusal() {
    String more =
        count == 1
            ? ""
            : count > violations.size()
                ? " (the first %d of %d problems are listed)".formatted(violations.size(), count)
                : " (%d problems)".formatted(count);
    return new FailureException(
        new Failure.Invalid(
            "archive-refused",
            "The archive is refused and nothing of it is kept%s: %s"
                .formatted(more, violations.getFirst().detail()),
            violations));
  }

  /** The name for a person's eyes: control characters written out, cut when it is endless. */
  static String printable(String name) {
    StringBuilder text = new StringBuilder();
    name.codePoints()
        .limit(LONGEST_NAME)
        .forEach(c -> {
          if (EntryNames.isControl(c)) {
            text.append("\\u%04x".formatted(c));
          } else {
            text.appendCodePoint(c);
          }
        });
    return name.codePointCount(0, name.length()) > LONGEST_NAME ? text + "…" : text.toString();
  }
}
