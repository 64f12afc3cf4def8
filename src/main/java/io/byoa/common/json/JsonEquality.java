package io.byoa.common.json;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Equality of JSON values as JSON Schema 2020-12 defines it (core, 4.2.2): numbers by value,
 * objects without regard to order.
 */
public final class JsonEquality {

  private JsonEquality() {}

  /** Whether the two are the same value; {@code null} is the same as nothing but {@code null}. */
  public static boolean same(@Nullable JsonValue a, @Nullable JsonValue b) {
    if (a instanceof JsonNumber x && b instanceof JsonNumber y) {
      return x.value().compareTo(y.value()) == 0;
    }
    if (a instanceof JsonArray(var x) && b instanceof JsonArray(var y)) {
      return x.size() == y.size() && sameElements(x, y);
    }
    if (a instanceof JsonObject(var x) && b instanceof JsonObject(var y)) {
      return x.size() == y.size()
          && x.entrySet().stream().allMatch(e -> same(e.getValue(), y.get(e.getKey())));
    }
    return a == null ? b == null : a.equals(b);
  }

  /** Whether one of the values is the same as this one. */
  public static boolean contains(List<JsonValue> values, JsonValue value) {
    return values.stream().anyMatch(candidate -> same(candidate, value));
  }

  private static boolean sameElements(List<JsonValue> x, List<JsonValue> y) {
    for (int i = 0; i < x.size(); i++) {
      if (!same(x.get(i), y.get(i))) {
        return false;
      }
    }
    return true;
  }
}
