package io.byoa.algorithm.descriptor.schema;

import static io.byoa.algorithm.descriptor.difference.ChangeKind.CHANGED;
import static io.byoa.algorithm.descriptor.difference.ChangeKind.NARROWED;
import static io.byoa.algorithm.descriptor.difference.ChangeKind.WIDENED;
import static io.byoa.common.Violation.step;

import io.byoa.algorithm.descriptor.difference.Changes;
import io.byoa.common.json.JsonNumber;
import org.jspecify.annotations.Nullable;

/** Compares the bounds of numbers, lengths and sizes, and patterns. */
record BoundComparison(Changes changes, String pointer) {

  void compare(Schema before, Schema after) {
    NumberRules old = before.numbers();
    NumberRules now = after.numbers();
    lower("minimum", old.minimum(), now.minimum());
    lower("exclusiveMinimum", old.exclusiveMinimum(), now.exclusiveMinimum());
    upper("maximum", old.maximum(), now.maximum());
    upper("exclusiveMaximum", old.exclusiveMaximum(), now.exclusiveMaximum());
    multiple(old.multipleOf(), now.multipleOf());
    lower("minLength", number(before.strings().minLength()), number(after.strings().minLength()));
    upper("maxLength", number(before.strings().maxLength()), number(after.strings().maxLength()));
    pattern(before.strings().pattern(), after.strings().pattern());
    lower("minItems", number(before.arrays().minItems()), number(after.arrays().minItems()));
    upper("maxItems", number(before.arrays().maxItems()), number(after.arrays().maxItems()));
  }

  private static @Nullable JsonNumber number(@Nullable Integer value) {
    return value == null ? null : JsonNumber.of(value);
  }

  private void lower(String keyword, @Nullable JsonNumber before, @Nullable JsonNumber after) {
    bound(keyword, before, after, 1);
  }

  private void upper(String keyword, @Nullable JsonNumber before, @Nullable JsonNumber after) {
    bound(keyword, before, after, -1);
  }

  /**
   * Notes how a bound moved.
   *
   * @param inward the sign of a move that leaves fewer values
   */
  private void bound(
      String keyword, @Nullable JsonNumber before, @Nullable JsonNumber after, int inward) {
    String place = step(pointer, keyword);
    if (before == null && after == null) {
      return;
    }
    if (before == null) {
      changes.breaking(place, NARROWED, "There is a %s now: %s".formatted(keyword, after));
    } else if (after == null) {
      changes.compatible(place, WIDENED, "The %s %s is gone".formatted(keyword, before));
    } else {
      int move = after.value().compareTo(before.value()) * inward;
      String detail = "The %s was %s and is %s".formatted(keyword, before, after);
      if (move > 0) {
        changes.breaking(place, NARROWED, detail);
      } else if (move < 0) {
        changes.compatible(place, WIDENED, detail);
      }
    }
  }

  private void multiple(@Nullable JsonNumber before, @Nullable JsonNumber after) {
    String place = step(pointer, "multipleOf");
    if (after == null && before != null) {
      changes.compatible(place, WIDENED, "Had to be a multiple of " + before);
    } else if (after != null && (before == null || before.value().compareTo(after.value()) != 0)) {
      String detail =
          "Has to be a multiple of %s now%s"
              .formatted(after, before == null ? "" : ", not of " + before);
      if (before != null && isMultiple(before, after)) {
        changes.compatible(place, WIDENED, detail);
      } else {
        boolean fewer = before == null || isMultiple(after, before);
        changes.breaking(place, fewer ? NARROWED : CHANGED, detail);
      }
    }
  }

  private static boolean isMultiple(JsonNumber number, JsonNumber of) {
    return number.value().remainder(of.value()).signum() == 0;
  }

  private void pattern(@Nullable BoundedPattern before, @Nullable BoundedPattern after) {
    String place = step(pointer, "pattern");
    if (after == null && before != null) {
      changes.compatible(place, WIDENED, "Had to match " + before.text());
    } else if (after != null && before == null) {
      changes.breaking(place, NARROWED, "Has to match %s now".formatted(after.text()));
    } else if (after != null && before != null && !after.text().equals(before.text())) {
      changes.breaking(
          place,
          CHANGED,
          "Had to match %s and has to match %s".formatted(before.text(), after.text()));
    }
  }
}
