package io.byoa.algorithm.descriptor.schema;

import io.byoa.algorithm.descriptor.reading.Field;
import io.byoa.algorithm.descriptor.reading.Fields;
import io.byoa.algorithm.descriptor.reading.Problems;
import io.byoa.common.json.JsonNumber;
import io.byoa.common.json.JsonObject;
import io.byoa.common.json.JsonValue;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The keywords of JSON Schema that limit numbers; they say nothing about other values. */
record NumberRules(
    @Nullable JsonNumber minimum,
    @Nullable JsonNumber maximum,
    @Nullable JsonNumber exclusiveMinimum,
    @Nullable JsonNumber exclusiveMaximum,
    @Nullable JsonNumber multipleOf) {

  static NumberRules read(Fields schema) {
    NumberRules rules =
        new NumberRules(
            number(schema.get("minimum")),
            number(schema.get("maximum")),
            number(schema.get("exclusiveMinimum")),
            number(schema.get("exclusiveMaximum")),
            positive(schema.get("multipleOf")));
    rules.refuseEmptyRange(schema);
    return rules;
  }

  private static @Nullable JsonNumber number(Field field) {
    if (field.json() instanceof JsonNumber number) {
      return number;
    }
    if (field.isPresent()) {
      field.refuse("is not a number");
    }
    return null;
  }

  private static @Nullable JsonNumber positive(Field field) {
    JsonNumber number = number(field);
    if (number != null && number.value().signum() <= 0) {
      field.refuse("is not greater than 0");
      return null;
    }
    return number;
  }

  private void refuseEmptyRange(Fields schema) {
    refuseEmpty(schema, "maximum", maximum, minimum, false);
    refuseEmpty(schema, "maximum", maximum, exclusiveMinimum, true);
    refuseEmpty(schema, "exclusiveMaximum", exclusiveMaximum, minimum, true);
    refuseEmpty(schema, "exclusiveMaximum", exclusiveMaximum, exclusiveMinimum, true);
  }

  private static void refuseEmpty(
      Fields schema,
      String name,
      @Nullable JsonNumber upper,
      @Nullable JsonNumber lower,
      boolean exclusive) {
    if (upper == null || lower == null) {
      return;
    }
    int order = upper.value().compareTo(lower.value());
    if (order < 0 || (exclusive && order == 0)) {
      schema.get(name).refuse("leaves no number, with the lower bound " + lower);
    }
  }

  void check(JsonNumber number, String pointer, Problems problems) {
    BigDecimal value = number.value();
    if (minimum != null && value.compareTo(minimum.value()) < 0) {
      problems.refuse(pointer, number, "is less than the minimum, " + minimum);
    }
    if (maximum != null && value.compareTo(maximum.value()) > 0) {
      problems.refuse(pointer, number, "is more than the maximum, " + maximum);
    }
    if (exclusiveMinimum != null && value.compareTo(exclusiveMinimum.value()) <= 0) {
      problems.refuse(pointer, number, "is not greater than " + exclusiveMinimum);
    }
    if (exclusiveMaximum != null && value.compareTo(exclusiveMaximum.value()) >= 0) {
      problems.refuse(pointer, number, "is not less than " + exclusiveMaximum);
    }
    if (multipleOf != null && value.remainder(multipleOf.value()).signum() != 0) {
      problems.refuse(pointer, number, "is not a multiple of " + multipleOf);
    }
  }

  void write(JsonObject.Builder schema) {
    schema
        .put("minimum", (JsonValue) minimum)
        .put("exclusiveMinimum", (JsonValue) exclusiveMinimum)
        .put("maximum", (JsonValue) maximum)
        .put("exclusiveMaximum", (JsonValue) exclusiveMaximum)
        .put("multipleOf", (JsonValue) multipleOf);
  }
}
