package io.byoa.common.json;

import java.util.Collection;
import java.util.List;

/** An array. */
public record JsonArray(List<JsonValue> values) implements JsonValue {

  /** Copies the list. */
  public JsonArray {
    values = List.copyOf(values);
  }

  /** An array of strings. */
  public static JsonArray ofStrings(Collection<String> strings) {
    return new JsonArray(strings.stream().<JsonValue>map(JsonString::new).toList());
  }

  @Override
  public String toString() {
    return text();
  }
}
