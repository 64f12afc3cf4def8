package io.byoa.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byoa.common.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One value of a request's body: there and good, absent, or wrong; wrong ones have already been
 * noted as violations.
 *
 * @param <T> what the value is read as
 */
public final class JsonField<T> {

  private final String pointer;
  private final @Nullable T value;
  private final boolean wrong;
  private final List<Violation> violations;

  private JsonField(String pointer, @Nullable T value, boolean wrong, List<Violation> violations) {
    this.pointer = pointer;
    this.value = value;
    this.wrong = wrong;
    this.violations = violations;
  }

  static <T> JsonField<T> present(String pointer, T value, List<Violation> violations) {
    return new JsonField<>(pointer, value, false, violations);
  }

  static <T> JsonField<T> absent(String pointer, List<Violation> violations) {
    return new JsonField<>(pointer, null, false, violations);
  }

  static <T> JsonField<T> wrong(String pointer, List<Violation> violations) {
    return new JsonField<>(pointer, null, true, violations);
  }

  /** Where this value stands, as a JSON Pointer from the root of the body. */
  public String pointer() {
    return pointer;
  }

  /** The same, refused when it is absent. */
  public JsonField<T> required() {
    return value == null && !wrong ? refuse("Missing; it is required.") : this;
  }

  /** The value as something else; an {@link IllegalArgumentException}'s message is a violation. */
  public <R> JsonField<R> map(Function<? super T, ? extends R> read) {
    if (value == null) {
      return cast();
    }
    try {
      return present(pointer, read.apply(value), violations);
    } catch (IllegalArgumentException e) {
      String message = e.getMessage();
      return refuse(message == null ? "Not a value that is accepted here." : message);
    }
  }

  /** The same, refused with this sentence unless the value passes. */
  public JsonField<T> check(Predicate<? super T> rule, String otherwise) {
    return value != null && !rule.test(value) ? refuse(otherwise) : this;
  }

  /** The same, refused unless it is a number from least to most, both included. */
  public JsonField<T> between(long least, long most) {
    return value instanceof Number number
            && (number.longValue() < least || number.longValue() > most)
        ? refuse("%s is not between %d and %d.".formatted(value, least, most))
        : this;
  }

  /** The value read as a string, for elements of lists and maps. */
  public JsonField<String> asText() {
    return node("a string", JsonNodeType.STRING).map(JsonNode::textValue);
  }

  /** The value read as an object with fields of its own, for elements of lists and maps. */
  public <R> JsonField<R> asObject(Function<JsonFields, R> reader) {
    JsonField<JsonNode> object = node("an object", JsonNodeType.OBJECT);
    return object.isPresent()
        ? new JsonFields((ObjectNode) object.get(), pointer, violations).finish(reader)
        : object.cast();
  }

  /** Takes violations that another piece of code found in this value; pointers relative to it. */
  public JsonField<T> refuse(List<Violation> found) {
    if (found.isEmpty()) {
      return this;
    }
    List<Violation> here = new ArrayList<>();
    found.forEach(violation -> here.add(violation.under(pointer)));
    violations.addAll(here);
    return wrong(pointer, violations);
  }

  /** Whether there is a good value. */
  public boolean isPresent() {
    return value != null;
  }

  /** The value, if it is there and good; for a reader that goes on without a wrong one. */
  public Optional<T> sound() {
    return Optional.ofNullable(value);
  }

  /** The value, if it is there; abandons the reader when it is wrong. */
  public Optional<T> optional() {
    if (wrong) {
      throw new Incomplete();
    }
    return Optional.ofNullable(value);
  }

  /** The value, or this when it is absent. */
  public T orElse(T other) {
    return optional().orElse(other);
  }

  /** The value; abandons the reader when it is absent or wrong. */
  public T get() {
    if (value == null) {
      required();
      throw new Incomplete();
    }
    return value;
  }

  JsonField<JsonNode> as(String wanted, JsonNodeType type) {
    return node(wanted, type);
  }

  private JsonField<JsonNode> node(String wanted, JsonNodeType type) {
    if (!(value instanceof JsonNode node)) {
      return cast();
    }
    if (node.getNodeType() != type) {
      return refuse("Expected %s, found %s.".formatted(wanted, describe(node)));
    }
    String fault = type == JsonNodeType.STRING ? StorableText.fault(node.textValue()) : null;
    return fault == null ? present(pointer, node, violations) : refuse(fault);
  }

  private <R> JsonField<R> refuse(String detail) {
    violations.add(new Violation(pointer, detail));
    return wrong(pointer, violations);
  }

  /** A field without a good value is one of any type. */
  <R> JsonField<R> cast() {
    return new JsonField<>(pointer, null, wrong, violations);
  }

  /** What stands there, for a sentence: its kind, and the beginning of it. */
  public static String describe(JsonNode node) {
    String text = node.toString();
    return switch (node.getNodeType()) {
      case OBJECT -> "an object";
      case ARRAY -> "an array";
      case NULL -> "null";
      default ->
          node.getNodeType().name().toLowerCase(Locale.ROOT)
              + " "
              + (text.length() > 60 ? text.substring(0, 60) + "…" : text);
    };
  }

  /** Ends a reader that cannot go on; its reasons are among the violations already. */
  static final class Incomplete extends RuntimeException {
    Incomplete() {
      super(null, null, false, false);
    }
  }
}
