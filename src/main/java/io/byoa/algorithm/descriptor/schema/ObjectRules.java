package io.byoa.algorithm.descriptor.schema;

import static io.byoa.common.Violation.step;

import io.byoa.algorithm.descriptor.reading.Problems;
import io.byoa.common.Nearest;
import io.byoa.common.json.JsonArray;
import io.byoa.common.json.JsonBoolean;
import io.byoa.common.json.JsonObject;
import io.byoa.common.json.JsonString;
import io.byoa.common.json.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * The keywords of JSON Schema that limit objects; they say nothing about other values.
 *
 * @param properties by name, in the author's order
 * @param required names that have to be there
 * @param additional what other members there may be
 */
record ObjectRules(
    SequencedMap<String, Schema> properties, SequencedSet<String> required, Additional additional) {

  /** What members there may be besides the declared ones. */
  sealed interface Additional {
    /** Any. */
    record Anything() implements Additional {}

    /** None, which is the default wherever a schema speaks of objects. */
    record Nothing() implements Additional {}

    /** Those that this schema accepts. */
    record Each(Schema schema) implements Additional {}
  }

  /** Says nothing about objects. */
  static final ObjectRules NONE =
      new ObjectRules(new LinkedHashMap<>(), new LinkedHashSet<>(), new Additional.Anything());

  ObjectRules {
    properties = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(properties));
    required = Collections.unmodifiableSequencedSet(new LinkedHashSet<>(required));
  }

  /**
   * The object with its members as their schemas want them and with the defaults of absent ones,
   * the declared ones first.
   *
   * @param noun what a member is called, such as {@code parameter}
   */
  JsonObject check(JsonObject object, String noun, String pointer, Problems problems) {
    SequencedMap<String, JsonValue> checked = new LinkedHashMap<>();
    properties.forEach((name, schema) -> {
      JsonValue value = object.get(name);
      if (value != null) {
        checked.put(name, schema.check(value, "property", step(pointer, name), problems));
      } else if (required.contains(name)) {
        problems.add(step(pointer, name), missing(noun, schema));
      } else if (schema.defaultValue() != null) {
        checked.put(name, schema.defaultValue());
      }
    });
    required.forEach(name -> {
      if (!properties.containsKey(name) && object.get(name) == null) {
        problems.add(step(pointer, name), "missing: the %s is required".formatted(noun));
      }
    });
    object
        .members()
        .forEach((name, value) -> {
          if (!properties.containsKey(name)) {
            additional(name, value, noun, step(pointer, name), problems)
                .ifPresent(kept -> checked.put(name, kept));
          }
        });
    return new JsonObject(checked);
  }

  private static String missing(String noun, Schema schema) {
    return "missing: the %s is required (%s)".formatted(noun, schema.inWords());
  }

  private Optional<JsonValue> additional(
      String name, JsonValue value, String noun, String pointer, Problems problems) {
    return switch (additional) {
      case Additional.Anything _ -> Optional.of(value);
      case Additional.Each(Schema schema) ->
          Optional.of(schema.check(value, "property", pointer, problems));
      case Additional.Nothing _ -> {
        String hint = Nearest.hint(name, properties.keySet());
        String known =
            properties.isEmpty()
                ? "; there is none"
                : "; known: " + String.join(", ", properties.keySet());
        problems.add(
            pointer,
            "Unknown %s %s%s"
                .formatted(
                    noun, Problems.shown(new JsonString(name)), hint.isEmpty() ? known : hint));
        yield Optional.empty();
      }
    };
  }

  void write(JsonObject.Builder schema, boolean aboutObjects) {
    if (!properties.isEmpty() || aboutObjects) {
      JsonObject.Builder declared = JsonObject.builder();
      properties.forEach((name, property) -> declared.put(name, property.toJson()));
      schema.put("properties", declared.build());
    }
    if (!required.isEmpty()) {
      schema.put("required", JsonArray.ofStrings(required));
    }
    @Nullable JsonValue others =
        switch (additional) {
          case Additional.Nothing _ -> new JsonBoolean(false);
          case Additional.Each(Schema each) -> each.toJson();
          case Additional.Anything _ -> aboutObjects ? new JsonBoolean(true) : null;
        };
    schema.put("additionalProperties", others);
  }
}
