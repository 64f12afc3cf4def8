package io.byoa.algorithm.descriptor.schema;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.byoa.algorithm.descriptor.reading.Field;
import io.byoa.algorithm.descriptor.reading.TextRule;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression in RE2 syntax whose program is small. RE2 matches in time proportional to
 * text × program, so that a bound on the program bounds the time; repetitions are counted before
 * the program is built, since {@code ((a{1000}){1000}){1000}} would fill any memory.
 *
 * @param pattern compiled, to be searched for
 */
public record BoundedPattern(Pattern pattern) {

  /** Characters of the expression: SageMaker's limit for the {@code Regex} of a metric. */
  public static final int LONGEST = 500;

  /** Instructions of the program. */
  public static final int LARGEST = 1000;

  /** An estimate of instructions up to which the program is built, to be measured exactly. */
  private static final int WORTH_BUILDING = 10 * LARGEST;

  private static final TextRule TEXT =
      TextRule.matching("a regular expression", 1, LONGEST, "[^\\n\\r]+", "without line breaks");

  /** The expression at this place; what is wrong with it has been noted otherwise. */
  public static @Nullable BoundedPattern read(Field field) {
    String text = field.text(TEXT);
    if (text == null) {
      return null;
    }
    if (RepetitionSize.of(text) > WORTH_BUILDING) {
      field.refuse(tooLarge());
      return null;
    }
    try {
      BoundedPattern compiled = new BoundedPattern(Pattern.compile(text));
      if (compiled.pattern.programSize() > LARGEST) {
        field.refuse(tooLarge());
        return null;
      }
      return compiled;
    } catch (PatternSyntaxException e) {
      field.refuse(
          "is not RE2 syntax (no lookahead, no back references): %s%s"
              .formatted(
                  e.getDescription(),
                  e.getPattern() == null ? "" : " at \"" + e.getPattern() + "\""));
      return null;
    }
  }

  private static String tooLarge() {
    return "expands to more than %d steps: use smaller repetition counts".formatted(LARGEST);
  }

  /** Whether it matches somewhere in the text. */
  public boolean isFoundIn(String text) {
    return pattern.matcher(text).find();
  }

  /** The expression as it was written. */
  public String text() {
    return pattern.pattern();
  }
}
