package io.byoa.algorithm.descriptor.schema;

import static io.byoa.common.Violation.step;

import io.byoa.algorithm.descriptor.reading.Field;
import io.byoa.algorithm.descriptor.reading.Fields;
import io.byoa.algorithm.descriptor.reading.TextRule;
import io.byoa.algorithm.descriptor.schema.ObjectRules.Additional;
import io.byoa.algorithm.descriptor.schema.SchemaReader.NameRule;
import io.byoa.common.Nearest;
import io.byoa.common.json.JsonBoolean;
import io.byoa.common.json.JsonObject;
import io.byoa.common.json.JsonString;
import io.byoa.common.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.SequencedMap;
import java.util.SequencedSet;

/** Reads the keywords that limit objects. */
final class ObjectRulesReader {

  private static final TextRule PROPERTY = TextRule.any("the name of a property", 0, 1000);

  private ObjectRulesReader() {}

  /**
   * The rules of this schema.
   *
   * @param object whether its type says that it is about objects
   * @param nameRule why a property cannot have a name
   */
  static ObjectRules read(Fields schema, boolean object, NameRule nameRule) {
    SequencedMap<String, Schema> properties = properties(schema.get("properties"), nameRule);
    Additional additional =
        additional(schema.get("additionalProperties"), object || !properties.isEmpty());
    return new ObjectRules(
        properties, required(schema.get("required"), properties, additional), additional);
  }

  private static SequencedMap<String, Schema> properties(Field field, NameRule nameRule) {
    SequencedMap<String, Schema> properties = new LinkedHashMap<>();
    if (field.json() instanceof JsonObject(var members)) {
      members.forEach((name, json) -> {
        Field place = new Field(step(field.pointer(), name), json, field.problems());
        String fault = nameRule.fault(name);
        if (fault != null) {
          field.problems().refuse(place.pointer(), new JsonString(name), fault);
        }
        properties.put(name, SchemaReader.nested(place));
      });
    } else if (field.isPresent()) {
      field.refuse("is not an object of names and schemas");
    }
    return properties;
  }

  private static Additional additional(Field field, boolean aboutObjects) {
    return switch (field.json()) {
      case null -> aboutObjects ? new Additional.Nothing() : new Additional.Anything();
      case JsonBoolean(boolean any) -> any ? new Additional.Anything() : new Additional.Nothing();
      case JsonObject _ -> new Additional.Each(SchemaReader.nested(field));
      case JsonValue _ -> {
        field.refuse("is neither true nor false nor a schema");
        yield new Additional.Anything();
      }
    };
  }

  private static SequencedSet<String> required(
      Field field, SequencedMap<String, Schema> properties, Additional additional) {
    SequencedSet<String> required = new LinkedHashSet<>();
    field.list(
        "names",
        0,
        1000,
        each -> {
          String name = each.text(PROPERTY);
          if (name != null && !required.add(name)) {
            each.refuse("is listed twice");
          } else if (name != null
              && !properties.containsKey(name)
              && additional instanceof Additional.Nothing) {
            each.refuse("is not among the properties" + Nearest.hint(name, properties.keySet()));
          }
          return name;
        });
    return required;
  }
}
