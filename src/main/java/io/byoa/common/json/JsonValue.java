package io.byoa.common.json;

/**
 * A JSON value that remembers how its numbers were written and in which order its members came.
 *
 * <p>Equality of records is equality of text, so {@code 1.0} and {@code 1} differ here; {@link
 * JsonEquality} compares as JSON Schema does.
 */
public sealed interface JsonValue
    permits JsonObject, JsonArray, JsonString, JsonNumber, JsonBoolean, JsonNull {

  /** This value as JSON text without white space. */
  default String text() {
    return JsonWriter.compact(this);
  }

  /** This value as JSON text for people: indented by two spaces, short arrays on one line. */
  default String pretty() {
    return JsonWriter.pretty(this);
  }

  /** What kind of value this is, with its article: {@code "a string"}. */
  default String kind() {
    return switch (this) {
      case JsonObject _ -> "an object";
      case JsonArray _ -> "an array";
      case JsonString _ -> "a string";
      case JsonNumber _ -> "a number";
      case JsonBoolean _ -> "a boolean";
      case JsonNull _ -> "null";
    };
  }
}
