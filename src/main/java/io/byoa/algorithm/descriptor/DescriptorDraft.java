package io.byoa.algorithm.descriptor;

import io.byoa.algorithm.descriptor.reading.Problems;
import io.byoa.common.Failure;
import io.byoa.common.Violation;
import io.byoa.common.json.JsonDocument;
import io.byoa.common.json.JsonEquality;
import io.byoa.common.json.JsonObject;
import io.byoa.common.json.JsonReader;
import io.byoa.common.json.JsonString;
import io.byoa.common.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/**
 * A descriptor before it is checked: a JSON object, and what address and form add to it. What is
 * said twice has to be the same.
 *
 * @param document the fields so far
 * @param violations what is wrong with the text, and what was said twice differently
 * @param conflicts the names of the fields that were said twice differently
 */
public record DescriptorDraft(
    JsonObject document, List<Violation> violations, List<String> conflicts) {

  /** Bytes of a descriptor's text. */
  public static final int LARGEST = 256 * 1024;

  /** A draft in which nothing is said yet. */
  public static final DescriptorDraft EMPTY =
      new DescriptorDraft(JsonObject.EMPTY, List.of(), List.of());

  /** Copies the lists. */
  public DescriptorDraft {
    violations = List.copyOf(violations);
    conflicts = List.copyOf(conflicts);
  }

  /**
   * The draft that this text is.
   *
   * @param json UTF-8
   * @throws io.byoa.common.FailureException 413 {@code descriptor-too-large}, 400 {@code
   *     malformed-json} with line and column
   */
  public static DescriptorDraft parse(byte[] json) {
    if (json.length > LARGEST) {
      throw new Failure.TooLarge(
              "descriptor-too-large",
              "algorithm.json has %d bytes; at most %d are read.".formatted(json.length, LARGEST))
          .raise();
    }
    JsonDocument document = JsonReader.read(json, "algorithm.json");
    if (document.root() instanceof JsonObject object) {
      return new DescriptorDraft(object, document.violations(), List.of());
    }
    return new DescriptorDraft(
        JsonObject.EMPTY,
        List.of(
            new Violation(
                "", "algorithm.json is " + document.root().kind() + "; expected is an object.")),
        List.of());
  }

  /**
   * The draft with a field that is said elsewhere too.
   *
   * @param by who says it, such as {@code the address} or {@code the form}
   */
  public DescriptorDraft with(String field, JsonValue value, String by) {
    JsonValue said = document.get(field);
    return said == null
        ? new DescriptorDraft(document.with(field, value), violations, conflicts)
        : agreeing(field, Violation.step("", field), said, value, by);
  }

  /** The same for a field of an object in the descriptor, such as {@code language}. */
  public DescriptorDraft within(String object, String field, JsonValue value, String by) {
    JsonValue there = document.get(object);
    if (there != null && !(there instanceof JsonObject)) {
      return this; // The reader says what is wrong with it.
    }
    JsonObject inner = there instanceof JsonObject known ? known : JsonObject.EMPTY;
    JsonValue said = inner.get(field);
    return said == null
        ? new DescriptorDraft(
            document.with(object, inner.with(field, value)), violations, conflicts)
        : agreeing(field, Violation.step(Violation.step("", object), field), said, value, by);
  }

  private DescriptorDraft agreeing(
      String field, String pointer, JsonValue said, JsonValue value, String by) {
    if (JsonEquality.same(said, value)) {
      return this;
    }
    List<Violation> more = new ArrayList<>(violations);
    more.add(
        new Violation(
            pointer,
            "%s in algorithm.json, but %s in %s: make them the same."
                .formatted(Problems.shown(said), Problems.shown(value), by)));
    List<String> fields = new ArrayList<>(conflicts);
    fields.add(field);
    return new DescriptorDraft(document, more, fields);
  }

  /** The draft of the version at this address; a descriptor that names another is refused. */
  public DescriptorDraft addressed(String name, String version) {
    return with("name", new JsonString(name), "the address")
        .with("version", new JsonString(version), "the address");
  }

  /** Whether this says more than a text did, so that the text is not the whole descriptor. */
  public boolean adds(DescriptorDraft text) {
    return !document.equals(text.document);
  }
}
