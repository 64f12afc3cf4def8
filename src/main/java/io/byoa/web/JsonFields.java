package io.byoa.web;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byoa.common.Nearest;
import io.byoa.common.Violation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object of a request's body, read field by field; what is wrong is gathered, not thrown.
 *
 * <p>A reader asks for every field first and takes their values afterwards:
 *
 * <pre>{@code
 * static Grant from(JsonFields in) {
 *   var name = in.text("name").required();
 *   var days = in.integer("days").between(1, 365);
 *   return new Grant(name.get(), days.orElse(30));
 * }
 * }</pre>
 *
 * <p>{@link JsonField#get()} of a field that is missing or wrong abandons the reader, and by then
 * all other fields have been looked at. A {@code null} in the body counts as absent.
 */
public final class JsonFields {

  private final ObjectNode json;
  private final String pointer;
  private final List<Violation> violations;
  private final Set<String> known = new LinkedHashSet<>();

  JsonFields(ObjectNode json, String pointer, List<Violation> violations) {
    this.json = json;
    this.pointer = pointer;
    this.violations = violations;
  }

  /** A string. */
  public JsonField<String> text(String name) {
    return typed(name, "a string", JsonNodeType.STRING, JsonNode::textValue);
  }

  /** A time as RFC 3339 writes it, with its offset, in the years 1970 to 9999. */
  public JsonField<Instant> time(String name) {
    return text(name).map(Rfc3339::parse);
  }

  /** {@code true} or {@code false}. */
  public JsonField<Boolean> flag(String name) {
    return typed(name, "true or false", JsonNodeType.BOOLEAN, JsonNode::booleanValue);
  }

  /** A whole number of 64 bits; {@code 5.0} is one. */
  public JsonField<Long> integer(String name) {
    return number(name)
        .map(node -> {
          if (!node.canConvertToExactIntegral() || !node.canConvertToLong()) {
            throw new IllegalArgumentException("Expected a whole number, found " + node + ".");
          }
          return node.longValue();
        });
  }

  /** A number, as exact as it was written. */
  public JsonField<JsonNode> number(String name) {
    return typed(name, "a number", JsonNodeType.NUMBER, Function.identity());
  }

  /** One of the words that this map knows. */
  public <T> JsonField<T> choice(String name, Map<String, T> words) {
    return text(name)
        .map(word -> {
          T value = words.get(word);
          if (value == null) {
            throw new IllegalArgumentException(
                "'%s' is not one of %s%s"
                    .formatted(
                        word,
                        words.keySet().stream().sorted().collect(Collectors.joining(", ")),
                        Nearest.endOfSentence(word, words.keySet())));
          }
          return value;
        });
  }

  /** Any JSON but {@code null}; the caller judges it, with {@link JsonField#pointer()}. */
  public JsonField<JsonNode> any(String name) {
    JsonNode node = take(name);
    return node == null ? absent(name) : present(name, node);
  }

  /** An object of which the caller judges the content, such as hyperparameters. */
  public JsonField<ObjectNode> freeObject(String name) {
    return typed(name, "an object", JsonNodeType.OBJECT, node -> (ObjectNode) node);
  }

  /** An object with fields of its own, read strictly too. */
  public <T> JsonField<T> object(String name, Function<JsonFields, T> reader) {
    JsonField<ObjectNode> object = freeObject(name);
    return object.isPresent()
        ? new JsonFields(object.get(), step(name), violations).finish(reader)
        : object.cast();
  }

  /** What is sound of an object with fields of its own; empty when it is absent or none. */
  public <T> Optional<T> part(String name, Function<JsonFields, T> reader) {
    return freeObject(name)
        .sound()
        .flatMap(object -> new JsonFields(object, step(name), violations).sift(reader));
  }

  /** An array, each element read like a field. */
  public <T> JsonField<List<T>> list(
      String name, Function<JsonField<JsonNode>, JsonField<T>> read) {
    JsonField<JsonNode> array = typed(name, "an array", JsonNodeType.ARRAY, Function.identity());
    if (!array.isPresent()) {
      return array.cast();
    }
    List<T> values = new ArrayList<>();
    boolean whole = true;
    int index = 0;
    for (JsonNode element : array.get()) {
      String at = Violation.step(step(name), Integer.toString(index++));
      JsonField<T> value = read.apply(JsonField.present(at, element, violations));
      whole &= value.isPresent();
      if (value.isPresent()) {
        values.add(value.get());
      }
    }
    return whole ? present(name, List.copyOf(values)) : JsonField.wrong(step(name), violations);
  }

  /** An object whose names the client chooses, each value read like a field; keeps their order. */
  public <T> JsonField<Map<String, T>> map(
      String name, Function<JsonField<JsonNode>, JsonField<T>> read) {
    JsonField<ObjectNode> object = freeObject(name);
    if (!object.isPresent()) {
      return object.cast();
    }
    Map<String, T> values = entries(name, object.get(), read);
    return values.size() == object.get().size()
        ? present(name, values)
        : JsonField.wrong(step(name), violations);
  }

  /** The sound entries of such an object; none when it is absent or no object. */
  public <T> Map<String, T> soundMap(
      String name, Function<JsonField<JsonNode>, JsonField<T>> read) {
    return freeObject(name).sound().map(object -> entries(name, object, read)).orElseGet(Map::of);
  }

  private <T> Map<String, T> entries(
      String name, ObjectNode object, Function<JsonField<JsonNode>, JsonField<T>> read) {
    Map<String, T> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      String at = Violation.step(step(name), entry.getKey());
      read.apply(JsonField.present(at, entry.getValue(), violations))
          .sound()
          .ifPresent(value -> values.put(entry.getKey(), value));
    }
    return values;
  }

  /** Adds a violation of a rule that spans fields, or that another piece of code found. */
  public void refuse(Violation violation) {
    violations.add(violation.under(pointer));
  }

  <T> JsonField<T> finish(Function<JsonFields, T> reader) {
    int before = violations.size();
    Optional<T> value = sift(reader);
    return value.isPresent() && violations.size() == before
        ? JsonField.present(pointer, value.get(), violations)
        : JsonField.wrong(pointer, violations);
  }

  /** What the reader makes of the object in spite of its violations; empty when it gave up. */
  <T> Optional<T> sift(Function<JsonFields, T> reader) {
    Optional<T> value;
    try {
      value = Optional.of(reader.apply(this));
    } catch (JsonField.Incomplete _) {
      value = Optional.empty();
    }
    refuseUnknown();
    return value;
  }

  private void refuseUnknown() {
    json.fieldNames()
        .forEachRemaining(name -> {
          if (!known.contains(name)) {
            String hint = Nearest.endOfSentence(name, known);
            violations.add(
                new Violation(
                    step(name),
                    "Unknown field '%s'%s%s"
                        .formatted(
                            name,
                            hint,
                            known.isEmpty()
                                ? " This object has no fields."
                                : " Known here: " + String.join(", ", known) + ".")));
          }
        });
  }

  private <T> JsonField<T> typed(
      String name, String wanted, JsonNodeType type, Function<JsonNode, T> read) {
    JsonNode node = take(name);
    if (node == null) {
      return absent(name);
    }
    return present(name, node).as(wanted, type).map(read);
  }

  private @Nullable JsonNode take(String name) {
    known.add(name);
    JsonNode node = json.get(name);
    return node == null || node.isNull() ? null : node;
  }

  private <T> JsonField<T> absent(String name) {
    return JsonField.absent(step(name), violations);
  }

  private <T> JsonField<T> present(String name, T value) {
    return JsonField.present(step(name), value, violations);
  }

  private String step(String name) {
    return Violation.step(pointer, name);
  }

  static String nameOf(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      case VALUE_NULL -> "null";
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
          "something else";
    };
  }
}
