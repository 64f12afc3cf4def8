package io.byoa.common.json;

import io.byoa.common.Violation;
import java.util.List;

/**
 * A JSON text that could be read, and what is wrong with it beyond the grammar.
 *
 * @param root the value; of two members of one name the last one counts, and the violations say so
 * @param violations duplicate names, U+0000, halves of surrogate pairs, and numbers that no program
 *     could compute with
 */
public record JsonDocument(JsonValue root, List<Violation> violations) {

  /** Copies the list. */
  public JsonDocument {
    violations = List.copyOf(violations);
  }
}
