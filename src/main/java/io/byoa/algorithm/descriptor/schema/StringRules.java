package io.byoa.algorithm.descriptor.schema;

import io.byoa.algorithm.descriptor.reading.Field;
import io.byoa.algorithm.descriptor.reading.Fields;
import io.byoa.algorithm.descriptor.reading.Problems;
import io.byoa.common.json.JsonObject;
import io.byoa.common.json.JsonString;
import org.jspecify.annotations.Nullable;

/** The keywords of JSON Schema that limit strings; lengths are in characters (code points). */
record StringRules(
    @Nullable Integer minLength, @Nullable Integer maxLength, @Nullable BoundedPattern pattern) {

  static StringRules read(Fields schema) {
    Integer least = schema.get("minLength").integer(0, Integer.MAX_VALUE, "characters");
    Integer most = schema.get("maxLength").integer(0, Integer.MAX_VALUE, "characters");
    if (least != null && most != null && most < least) {
      schema.get("maxLength").refuse("leaves no string, with the minLength " + least);
    }
    Field pattern = schema.get("pattern");
    return new StringRules(least, most, pattern.isPresent() ? BoundedPattern.read(pattern) : null);
  }

  void check(JsonString string, String pointer, Problems problems) {
    int length = string.value().codePointCount(0, string.value().length());
    if (minLength != null && length < minLength) {
      problems.refuse(
          pointer,
          string,
          "has %d characters; at least %d are needed".formatted(length, minLength));
    }
    if (maxLength != null && length > maxLength) {
      problems.refuse(
          pointer,
          string,
          "has %d characters; at most %d are allowed".formatted(length, maxLength));
    }
    if (pattern != null && !pattern.isFoundIn(string.value())) {
      problems.refuse(pointer, string, "does not match the pattern " + pattern.text());
    }
  }

  void write(JsonObject.Builder schema) {
    schema
        .put("minLength", minLength)
        .put("maxLength", maxLength)
        .put("pattern", pattern == null ? null : pattern.text());
  }
}
