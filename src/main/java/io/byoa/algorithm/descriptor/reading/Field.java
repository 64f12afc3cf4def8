package io.byoa.algorithm.descriptor.reading;

import static io.byoa.common.Violation.step;

import io.byoa.common.Nearest;
import io.byoa.common.json.JsonArray;
import io.byoa.common.json.JsonBoolean;
import io.byoa.common.json.JsonNull;
import io.byoa.common.json.JsonNumber;
import io.byoa.common.json.JsonObject;
import io.byoa.common.json.JsonString;
import io.byoa.common.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A place of the document and the value there, if there is one.
 *
 * <p>Each reading method answers the fallback (or {@code null}) when the value is absent or wrong,
 * and has noted what is wrong with it by then.
 */
public record Field(String pointer, @Nullable JsonValue json, Problems problems) {

  public boolean isPresent() {
    return json != null;
  }

  /** Notes that the value is missing, if it is. */
  public Field required(String what) {
    if (json == null) {
      problems.add(pointer, "missing: " + what);
    }
    return this;
  }

  /** Notes that the value breaks a rule; the sentence goes on behind the value. */
  public void refuse(String rule) {
    if (json == null) {
      problems.add(pointer, rule);
    } else {
      problems.refuse(pointer, json, rule);
    }
  }

  public @Nullable String text(TextRule rule) {
    if (!(json instanceof JsonString(String text))) {
      wrongKind("a string: " + rule.what());
      return null;
    }
    if (!rule.accepts(text)) {
      refuse(rule.inWords());
      return null;
    }
    return text;
  }

  public String text(TextRule rule, String fallback) {
    String text = text(rule);
    return text == null ? fallback : text;
  }

  public boolean flag(boolean fallback) {
    if (json instanceof JsonBoolean(boolean flag)) {
      return flag;
    }
    wrongKind("true or false");
    return fallback;
  }

  public @Nullable Integer integer(int least, int most, String unit) {
    if (!(json instanceof JsonNumber number)) {
      wrongKind("a whole number of " + unit);
      return null;
    }
    BigDecimal value = number.value();
    boolean within =
        value.compareTo(BigDecimal.valueOf(least)) >= 0
            && value.compareTo(BigDecimal.valueOf(most)) <= 0;
    if (!within || !number.isWhole()) {
      refuse("is not a whole number of %s from %d to %d".formatted(unit, least, most));
      return null;
    }
    return value.intValueExact();
  }

  public int integer(int least, int most, String unit, int fallback) {
    Integer value = integer(least, most, unit);
    return value == null ? fallback : value;
  }

  /** One of a few words. */
  public <T> @Nullable T choice(String what, Map<String, T> words) {
    if (!(json instanceof JsonString(String word))) {
      wrongKind("a string, one of " + String.join(", ", words.keySet()));
      return null;
    }
    T choice = words.get(word);
    if (choice == null) {
      refuse(
          "is not %s; known: %s%s"
              .formatted(
                  what, String.join(", ", words.keySet()), Nearest.hint(word, words.keySet())));
    }
    return choice;
  }

  /** The elements of an array that could be read. */
  public <T> List<T> list(
      String what, int fewest, int most, Function<Field, ? extends @Nullable T> element) {
    if (!(json instanceof JsonArray(var values))) {
      wrongKind("an array of " + what);
      return List.of();
    }
    if (values.size() < fewest || values.size() > most) {
      problems.add(pointer, "has %d %s; %s".formatted(values.size(), what, range(fewest, most)));
    }
    List<T> read = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      T value =
          element.apply(new Field(step(pointer, Integer.toString(i)), values.get(i), problems));
      if (value != null) {
        read.add(value);
      }
    }
    return read;
  }

  private static String range(int fewest, int most) {
    return fewest == 0
        ? "at most %d are allowed".formatted(most)
        : "%d to %d are allowed".formatted(fewest, most);
  }

  /** An object that has no members besides the known ones. */
  public @Nullable Fields object(String what, String... known) {
    if (!(json instanceof JsonObject object)) {
      wrongKind("an object: " + what);
      return null;
    }
    return Fields.of(object, "field", pointer, problems, known);
  }

  private void wrongKind(String expected) {
    if (json instanceof JsonNull) {
      refuse("is no value: leave the field out, or give " + expected);
    } else if (json != null) {
      refuse("is %s; expected is %s".formatted(json.kind(), expected));
    }
  }
}
