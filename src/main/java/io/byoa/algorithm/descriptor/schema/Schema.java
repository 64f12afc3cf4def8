package io.byoa.algorithm.descriptor.schema;

import io.byoa.algorithm.descriptor.reading.Problems;
import io.byoa.algorithm.descriptor.reading.Words;
import io.byoa.common.Nearest;
import io.byoa.common.json.JsonArray;
import io.byoa.common.json.JsonBoolean;
import io.byoa.common.json.JsonEquality;
import io.byoa.common.json.JsonNull;
import io.byoa.common.json.JsonNumber;
import io.byoa.common.json.JsonObject;
import io.byoa.common.json.JsonReader;
import io.byoa.common.json.JsonString;
import io.byoa.common.json.JsonValue;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One schema of the supported part of JSON Schema 2020-12.
 *
 * @param types any of these; none when the schema names no type
 * @param choices the keyword {@code enum}; absent when anything goes
 * @param constant the keyword {@code const}
 * @param defaultValue what stands in when the member is absent, valid and completed itself
 */
public record Schema(
    Set<JsonType> types,
    @Nullable List<JsonValue> choices,
    @Nullable JsonValue constant,
    @Nullable JsonValue defaultValue,
    @Nullable String title,
    @Nullable String description,
    NumberRules numbers,
    StringRules strings,
    ArrayRules arrays,
    ObjectRules objects) {

  private static final Pattern UNQUOTED =
      Pattern.compile("true|false|-?(0|[1-9][0-9]{0,99})([.][0-9]{1,99})?");

  /**
   * The value as this schema wants it: integers as digits alone, absent members with their
   * defaults; everything else as it came.
   *
   * @param noun what members are called, such as {@code parameter}
   */
  public JsonValue check(JsonValue value, String noun, String pointer, Problems problems) {
    if (!types.isEmpty() && types.stream().noneMatch(type -> type.accepts(value))) {
      problems.refuse(
          pointer,
          value,
          "is %s; expected is %s%s".formatted(kind(value), inWords(), unquoted(value)));
      return value;
    }
    if (constant != null && !JsonEquality.same(constant, value)) {
      problems.refuse(pointer, value, "is not " + Problems.shown(constant));
    }
    if (choices != null && !JsonEquality.contains(choices, value)) {
      problems.refuse(pointer, value, "is not one of " + listed(choices) + hint(value));
    }
    return switch (value) {
      case JsonNumber number -> {
        numbers.check(number, pointer, problems);
        yield asInteger() && number.isUsable() ? number.asInteger() : number;
      }
      case JsonString string -> {
        strings.check(string, pointer, problems);
        yield string;
      }
      case JsonArray array -> arrays.check(array, pointer, problems);
      case JsonObject object -> objects.check(object, noun, pointer, problems);
      case JsonBoolean _, JsonNull _ -> value;
    };
  }

  /** The declared members of objects, in the author's order. */
  public SequencedMap<String, Schema> properties() {
    return objects.properties();
  }

  /** The same schema with fewer values. */
  Schema limitedTo(@Nullable List<JsonValue> choices, @Nullable JsonValue constant) {
    return new Schema(
        types,
        choices,
        constant,
        defaultValue,
        title,
        description,
        numbers,
        strings,
        arrays,
        objects);
  }

  /** The same schema with this value for absent members. */
  Schema withDefault(JsonValue value) {
    return new Schema(
        types, choices, constant, value, title, description, numbers, strings, arrays, objects);
  }

  /** Whether this schema speaks of objects, and so of which members they have. */
  boolean isAboutObjects() {
    return types.contains(JsonType.OBJECT) || !objects.properties().isEmpty();
  }

  /** The advice for the most frequent mistake of all. */
  private String unquoted(JsonValue value) {
    boolean quoted =
        value instanceof JsonString(String text)
            && UNQUOTED.matcher(text).matches()
            && types.stream().anyMatch(type -> type.accepts(JsonReader.read(text, "it").root()));
    return quoted ? ": write it without quotes" : "";
  }

  private boolean asInteger() {
    return types.contains(JsonType.INTEGER) && !types.contains(JsonType.NUMBER);
  }

  private String kind(JsonValue value) {
    boolean fraction = value instanceof JsonNumber && asInteger();
    return fraction ? "not a whole number" : value.kind();
  }

  private String hint(JsonValue value) {
    if (!(value instanceof JsonString(String text)) || choices == null) {
      return "";
    }
    return Nearest.hint(
        text,
        choices.stream()
            .filter(JsonString.class::isInstance)
            .map(choice -> ((JsonString) choice).value())
            .toList());
  }

  private static String listed(List<JsonValue> values) {
    return values.stream().limit(20).map(Problems::shown).collect(Collectors.joining(", "))
        + (values.size() > 20 ? ", …" : "");
  }

  /** The kinds of values that are accepted: {@code an integer}. */
  String inWords() {
    if (constant != null) {
      return Problems.shown(constant);
    }
    if (choices != null) {
      return "one of " + listed(choices);
    }
    if (types.isEmpty()) {
      return "any value";
    }
    return types.stream().map(JsonType::inWords).collect(Collectors.joining(" or "));
  }

  /** As JSON Schema, with what was left to defaults made explicit. */
  public JsonObject toJson() {
    JsonObject.Builder schema = JsonObject.builder().put("title", title);
    schema.put("description", description);
    List<String> words = types.stream().map(Words::of).toList();
    if (words.size() == 1) {
      schema.put("type", words.getFirst());
    } else if (!words.isEmpty()) {
      schema.put("type", JsonArray.ofStrings(words));
    }
    schema
        .put("const", constant)
        .put("enum", choices == null ? null : new JsonArray(choices))
        .put("default", defaultValue);
    numbers.write(schema);
    strings.write(schema);
    arrays.write(schema);
    objects.write(schema, isAboutObjects());
    return schema.build();
  }
}
