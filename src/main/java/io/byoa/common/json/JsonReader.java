package io.byoa.common.json;

import static io.byoa.common.Violation.step;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.byoa.common.Failure;
import io.byoa.common.FailureException;
import io.byoa.common.Violation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * Reads one JSON text (RFC 8259) strictly: UTF-8, no comments, no trailing commas, no {@code NaN},
 * nothing behind the value.
 */
public final class JsonReader {

  /** Levels of objects and arrays within each other. */
  public static final int DEEPEST = 64;

  // Size is the caller's limit; numbers and strings inside are checked here, with a pointer.
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST + 1) // never reached
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private final JsonParser parser;
  private final String what;
  private final List<Violation> violations = new ArrayList<>();

  private JsonReader(JsonParser parser, String what) {
    this.parser = parser;
    this.what = what;
  }

  /**
   * The document that these bytes of UTF-8 hold.
   *
   * @param what how messages call it, such as {@code algorithm.json}
   * @throws FailureException 400 {@code malformed-json}, with line and column
   */
  public static JsonDocument read(byte[] utf8, String what) {
    return read(Utf8.decode(utf8, what), what);
  }

  /**
   * The document that this text holds.
   *
   * @param what how messages call it, such as {@code algorithm.json}
   * @throws FailureException 400 {@code malformed-json}, with line and column
   */
  public static JsonDocument read(String text, String what) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      return new JsonReader(parser, what).document();
    } catch (JsonProcessingException e) {
      throw malformed(what, MalformedJson.inOurWords(e), e.getLocation());
    } catch (IOException e) {
      throw new UncheckedIOException("A string cannot fail to be read", e);
    }
  }

  private JsonDocument document() throws IOException {
    if (parser.nextToken() == null) {
      throw malformed("it is empty");
    }
    JsonValue root = value("", 0);
    if (parser.nextToken() != null) {
      throw malformed("there is something after its end");
    }
    return new JsonDocument(root, violations);
  }

  private JsonValue value(String pointer, int depth) throws IOException {
    JsonToken token = Objects.requireNonNull(parser.currentToken());
    if (depth >= DEEPEST && token.isStructStart()) {
      throw malformed("it is nested deeper than " + DEEPEST + " levels");
    }
    return switch (token) {
      case START_OBJECT -> object(pointer, depth);
      case START_ARRAY -> array(pointer, depth);
      case VALUE_STRING -> new JsonString(storable(parser.getText(), pointer));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(pointer);
      case VALUE_TRUE -> new JsonBoolean(true);
      case VALUE_FALSE -> new JsonBoolean(false);
      case VALUE_NULL -> new JsonNull();
      case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw new IllegalStateException("No value starts with " + token);
    };
  }

  private JsonObject object(String pointer, int depth) throws IOException {
    SequencedMap<String, JsonValue> members = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      String place = step(pointer, name);
      storable(name, place);
      parser.nextToken();
      if (members.put(name, value(place, depth + 1)) != null) {
        refuse(place, "Occurs more than once in its object; write it once.");
      }
    }
    return new JsonObject(members);
  }

  private JsonArray array(String pointer, int depth) throws IOException {
    List<JsonValue> values = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      values.add(value(step(pointer, Integer.toString(values.size())), depth + 1));
    }
    return new JsonArray(values);
  }

  private JsonNumber number(String pointer) throws IOException {
    JsonNumber number = new JsonNumber(parser.getText());
    if (number.text().length() > JsonNumber.LONGEST) {
      refuse(
          pointer,
          "The number is %d characters long; at most %d are read."
              .formatted(number.text().length(), JsonNumber.LONGEST));
    } else if (!number.isUsable()) {
      refuse(
          pointer,
          "%s is outside the range of a 64-bit floating-point number (about 4.9e-324 to 1.8e308)."
              .formatted(number));
    }
    return number;
  }

  private String storable(String text, String pointer) {
    if (text.indexOf('\0') >= 0) {
      refuse(pointer, "Contains U+0000, which neither files nor arguments can carry.");
    }
    if (text.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF)) {
      refuse(pointer, "Contains half of a surrogate pair, which is not a character.");
    }
    return text;
  }

  private void refuse(String pointer, String detail) {
    violations.add(new Violation(pointer, detail));
  }

  private FailureException malformed(String problem) {
    return malformed(what, problem, parser.currentTokenLocation());
  }

  private static FailureException malformed(String what, String problem, JsonLocation at) {
    return new FailureException(
        new Failure.Malformed(
            "malformed-json",
            "%s is not JSON: %s (line %d, column %d)."
                .formatted(what, problem, at.getLineNr(), Math.max(1, at.getColumnNr()))));
  }
}
