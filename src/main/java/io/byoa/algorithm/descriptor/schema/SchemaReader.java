package io.byoa.algorithm.descriptor.schema;

import static io.byoa.common.Violation.step;

import io.byoa.algorithm.descriptor.reading.Field;
import io.byoa.algorithm.descriptor.reading.Fields;
import io.byoa.algorithm.descriptor.reading.TextRule;
import io.byoa.algorithm.descriptor.reading.Words;
import io.byoa.common.json.JsonArray;
import io.byoa.common.json.JsonEquality;
import io.byoa.common.json.JsonObject;
import io.byoa.common.json.JsonString;
import io.byoa.common.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads schemas of the supported part of JSON Schema 2020-12. Other keywords are refused, so that
 * form, validator, OpenAPI and comparison support one and the same set.
 */
public final class SchemaReader {

  /** The keywords that are supported. */
  static final List<String> KEYWORDS =
      List.of(
          "type",
          "enum",
          "const",
          "default",
          "title",
          "description",
          "minimum",
          "maximum",
          "exclusiveMinimum",
          "exclusiveMaximum",
          "multipleOf",
          "minLength",
          "maxLength",
          "pattern",
          "items",
          "minItems",
          "maxItems",
          "properties",
          "required",
          "additionalProperties");

  private static final Map<String, JsonType> TYPES = Words.of(JsonType.class);
  private static final TextRule TITLE = TextRule.any("a title", 0, 200);
  private static final TextRule DESCRIPTION = TextRule.any("a description", 0, 1024);

  private SchemaReader() {}

  /** A schema inside of another; always answers one, whatever was noted. */
  static Schema nested(Field field) {
    Schema schema = read(field, types(field), name -> null);
    boolean useless =
        schema.types().contains(JsonType.OBJECT)
            && schema.objects().properties().isEmpty()
            && schema.choices() == null
            && schema.constant() == null
            && field.json() instanceof JsonObject object
            && object.get("additionalProperties") == null
            && object.get("properties") == null;
    if (useless) {
      field
          .problems()
          .add(
              field.pointer(),
              "accepts no object but {}: declare its properties, or set additionalProperties");
    }
    return schema;
  }

  /**
   * The schema of objects at this place; what is wrong with it has been noted.
   *
   * @param nameRule says why a property cannot have a name, if it cannot
   */
  public static Schema root(Field field, NameRule nameRule) {
    Field type = keyword(field, "type");
    if (type.isPresent() && !new JsonString("object").equals(type.json())) {
      type.refuse("must be \"object\", since hyperparameters have names");
    }
    return read(field, Set.of(JsonType.OBJECT), nameRule);
  }

  /** Says why a property cannot have a name. */
  @FunctionalInterface
  public interface NameRule {
    /** The end of a sentence that begins with the name; {@code null} when nothing is wrong. */
    @Nullable String fault(String name);
  }

  private static Field keyword(Field schema, String name) {
    return new Field(
        step(schema.pointer(), name),
        schema.json() instanceof JsonObject object ? object.get(name) : null,
        schema.problems());
  }

  private static Set<JsonType> types(Field schema) {
    Field field = keyword(schema, "type");
    if (!(field.json() instanceof JsonArray)) {
      JsonType type = field.choice("a type", TYPES);
      return type == null ? Set.of() : Set.of(type);
    }
    List<JsonType> listed =
        field.list("types", 1, TYPES.size(), each -> each.choice("a type", TYPES));
    Set<JsonType> types = new LinkedHashSet<>(listed);
    if (types.size() < listed.size()) {
      field.refuse("names a type twice");
    }
    return types;
  }

  private static Fields keywords(Field field) {
    if (!(field.json() instanceof JsonObject object)) {
      field.object("a JSON Schema");
      return new Fields(JsonObject.EMPTY, field.pointer(), field.problems());
    }
    return Fields.of(
        object, "keyword", field.pointer(), field.problems(), KEYWORDS.toArray(String[]::new));
  }

  private static Schema read(Field field, Set<JsonType> types, NameRule nameRule) {
    Fields fields = keywords(field);
    Schema bare =
        new Schema(
            types,
            null,
            null,
            null,
            fields.get("title").text(TITLE),
            fields.get("description").text(DESCRIPTION),
            NumberRules.read(fields),
            StringRules.read(fields),
            ArrayRules.read(fields),
            ObjectRulesReader.read(fields, types.contains(JsonType.OBJECT), nameRule));
    Schema limited = bare.limitedTo(choices(fields.get("enum")), fields.get("const").json());
    refuseImpossibleChoices(bare, limited, fields);
    Field standard = fields.get("default");
    return standard.json() == null
        ? limited
        : limited.withDefault(
            limited.check(standard.json(), "property", standard.pointer(), standard.problems()));
  }

  private static @Nullable List<JsonValue> choices(Field field) {
    if (!field.isPresent()) {
      return null;
    }
    List<JsonValue> choices = new ArrayList<>();
    field.list(
        "values",
        1,
        1000,
        each -> {
          if (each.json() != null && JsonEquality.contains(choices, each.json())) {
            each.refuse("is listed twice");
          } else if (each.json() != null) {
            choices.add(each.json());
          }
          return each.json();
        });
    return choices.isEmpty() ? null : choices;
  }

  private static void refuseImpossibleChoices(Schema bare, Schema limited, Fields fields) {
    if (limited.choices() != null) {
      for (int i = 0; i < limited.choices().size(); i++) {
        String place = step(step(fields.pointer(), "enum"), Integer.toString(i));
        bare.check(limited.choices().get(i), "property", place, fields.problems());
      }
    }
    if (limited.constant() != null) {
      String place = step(fields.pointer(), "const");
      bare.check(limited.constant(), "property", place, fields.problems());
    }
  }
}
