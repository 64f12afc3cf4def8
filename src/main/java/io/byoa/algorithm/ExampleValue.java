package io.byoa.algorithm;

import io.byoa.common.json.JsonArray;
import io.byoa.common.json.JsonBoolean;
import io.byoa.common.json.JsonNumber;
import io.byoa.common.json.JsonObject;
import io.byoa.common.json.JsonString;
import io.byoa.common.json.JsonValue;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A value that a JSON Schema allows, for examples to copy: its default, its first word, the least
 * number. Patterns are not solved; there the example shows the type.
 */
final class ExampleValue {

  /** An example is to be read; nobody copies a thousand characters. */
  private static final BigDecimal LARGEST = BigDecimal.valueOf(1_000);

  private ExampleValue() {}

  static JsonValue of(JsonObject schema) {
    for (String given : List.of("default", "const")) {
      JsonValue value = schema.get(given);
      if (value != null) {
        return value;
      }
    }
    if (schema.get("enum") instanceof JsonArray words && !words.values().isEmpty()) {
      return words.values().getFirst();
    }
    return switch (type(schema)) {
      case "integer", "number" -> number(schema);
      case "boolean" -> new JsonBoolean(true);
      case "array" -> array(schema);
      case "object" -> object(schema);
      default -> text(schema);
    };
  }

  private static String type(JsonObject schema) {
    JsonValue type = schema.get("type");
    if (type instanceof JsonArray several && !several.values().isEmpty()) {
      type = several.values().getFirst();
    }
    return type instanceof JsonString(String word) ? word : "string";
  }

  private static JsonValue number(JsonObject schema) {
    BigDecimal step = Objects.requireNonNullElse(bound(schema, "multipleOf"), BigDecimal.ONE);
    BigDecimal least = bound(schema, "minimum");
    if (least != null) {
      return decimal(roundUp(least, step, schema.get("multipleOf") != null));
    }
    BigDecimal above = bound(schema, "exclusiveMinimum");
    BigDecimal most = bound(schema, "maximum");
    BigDecimal below = most == null ? bound(schema, "exclusiveMaximum") : most;
    if (above != null) {
      BigDecimal next = above.add(step);
      boolean fits = below == null || next.compareTo(below) < 0;
      return decimal(fits ? next : above.add(below).divide(BigDecimal.TWO));
    }
    return decimal(below == null || below.compareTo(step) > 0 ? step : below.subtract(step));
  }

  private static BigDecimal roundUp(BigDecimal least, BigDecimal step, boolean stepped) {
    if (!stepped) {
      return least;
    }
    BigDecimal rest = least.remainder(step).abs();
    return rest.signum() == 0 ? least : least.add(step.subtract(rest));
  }

  private static @Nullable BigDecimal bound(JsonObject schema, String keyword) {
    return schema.get(keyword) instanceof JsonNumber number ? number.value() : null;
  }

  private static JsonValue decimal(BigDecimal value) {
    return new JsonNumber(value.toString());
  }

  private static JsonValue array(JsonObject schema) {
    int least = count(schema, "minItems", 0);
    JsonValue item =
        schema.get("items") instanceof JsonObject items ? of(items) : new JsonString("text");
    return new JsonArray(Collections.nCopies(least, item));
  }

  private static JsonValue object(JsonObject schema) {
    JsonObject.Builder members = JsonObject.builder();
    if (schema.get("properties") instanceof JsonObject properties
        && schema.get("required") instanceof JsonArray required) {
      properties
          .members()
          .forEach((name, rules) -> {
            if (required.values().contains(new JsonString(name))
                && rules instanceof JsonObject object) {
              members.put(name, of(object));
            }
          });
    }
    return members.build();
  }

  private static JsonValue text(JsonObject schema) {
    int least = count(schema, "minLength", 0);
    int most = count(schema, "maxLength", Integer.MAX_VALUE);
    String text = "text" + "x".repeat(Math.max(0, least - 4));
    return new JsonString(text.substring(0, Math.min(text.length(), most)));
  }

  private static int count(JsonObject schema, String keyword, int otherwise) {
    BigDecimal count = bound(schema, keyword);
    return count == null ? otherwise : count.min(LARGEST).intValue();
  }
}
