package io.byoa.algorithm.descriptor.schema;

import static io.byoa.common.Violation.step;

import io.byoa.algorithm.descriptor.reading.Field;
import io.byoa.algorithm.descriptor.reading.Fields;
import io.byoa.algorithm.descriptor.reading.Problems;
import io.byoa.common.json.JsonArray;
import io.byoa.common.json.JsonObject;
import io.byoa.common.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keywords of JSON Schema that limit arrays; they say nothing about other values. */
record ArrayRules(@Nullable Schema items, @Nullable Integer minItems, @Nullable Integer maxItems) {

  static ArrayRules read(Fields schema) {
    Field items = schema.get("items");
    Integer least = schema.get("minItems").integer(0, Integer.MAX_VALUE, "items");
    Integer most = schema.get("maxItems").integer(0, Integer.MAX_VALUE, "items");
    if (least != null && most != null && most < least) {
      schema.get("maxItems").refuse("leaves no array, with the minItems " + least);
    }
    return new ArrayRules(items.isPresent() ? SchemaReader.nested(items) : null, least, most);
  }

  /** The array with each item as the items' schema wants it. */
  JsonArray check(JsonArray array, String pointer, Problems problems) {
    int size = array.values().size();
    if (minItems != null && size < minItems) {
      problems.refuse(
          pointer, array, "has %d items; at least %d are needed".formatted(size, minItems));
    }
    if (maxItems != null && size > maxItems) {
      problems.refuse(
          pointer, array, "has %d items; at most %d are allowed".formatted(size, maxItems));
    }
    if (items == null) {
      return array;
    }
    List<JsonValue> checked = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      checked.add(
          items.check(
              array.values().get(i), "property", step(pointer, Integer.toString(i)), problems));
    }
    return new JsonArray(checked);
  }

  void write(JsonObject.Builder schema) {
    schema
        .put("items", items == null ? null : items.toJson())
        .put("minItems", minItems)
        .put("maxItems", maxItems);
  }
}
