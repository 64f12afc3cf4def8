package io.byoa.algorithm.descriptor.schema;

import io.byoa.common.json.JsonArray;
import io.byoa.common.json.JsonBoolean;
import io.byoa.common.json.JsonNull;
import io.byoa.common.json.JsonNumber;
import io.byoa.common.json.JsonObject;
import io.byoa.common.json.JsonString;
import io.byoa.common.json.JsonValue;

/** The values of JSON Schema's keyword {@code type}. */
enum JsonType {
  STRING,
  NUMBER,
  /** A number without a fraction, however it is written: {@code 5.0} is one. */
  INTEGER,
  BOOLEAN,
  OBJECT,
  ARRAY,
  NULL;

  boolean accepts(JsonValue value) {
    return switch (this) {
      case STRING -> value instanceof JsonString;
      case NUMBER -> value instanceof JsonNumber;
      case INTEGER -> value instanceof JsonNumber number && number.isUsable() && number.isWhole();
      case BOOLEAN -> value instanceof JsonBoolean;
      case OBJECT -> value instanceof JsonObject;
      case ARRAY -> value instanceof JsonArray;
      case NULL -> value instanceof JsonNull;
    };
  }

  String inWords() {
    return switch (this) {
      case STRING -> "a string";
      case NUMBER -> "a number";
      case INTEGER -> "an integer";
      case BOOLEAN -> "true or false";
      case OBJECT -> "an object";
      case ARRAY -> "an array";
      case NULL -> "null";
    };
  }
}
