package io.byoa.algorithm.descriptor;

import static io.byoa.common.Violation.step;

import io.byoa.algorithm.descriptor.reading.Field;
import io.byoa.algorithm.descriptor.reading.Problems;
import io.byoa.algorithm.descriptor.schema.Schema;
import io.byoa.algorithm.descriptor.schema.SchemaReader;
import io.byoa.common.Violation;
import io.byoa.common.json.JsonDocument;
import io.byoa.common.json.JsonObject;
import io.byoa.common.json.JsonReader;
import io.byoa.common.json.JsonString;
import io.byoa.common.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * What hyperparameters a version takes: the supported part of JSON Schema 2020-12, for one object.
 */
public final class ParameterSchema {

  /**
   * Bytes of all parameters as compact JSON. They reach the program in one environment variable,
   * quoted once more, and Linux ends one at 128 KiB ({@code MAX_ARG_STRLEN}).
   */
  static final int LARGEST = 60 * 1024;

  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

  private final Schema schema;

  private ParameterSchema(Schema schema) {
    this.schema = schema;
  }

  static ParameterSchema read(Field field) {
    Field present =
        field.isPresent() ? field : new Field(field.pointer(), JsonObject.EMPTY, field.problems());
    Schema schema = SchemaReader.root(present, ParameterNames::fault);
    if (schema.properties().size() > HyperParameters.MOST) {
      field
          .problems()
          .add(
              step(field.pointer(), "properties"),
              "declares %d parameters; SageMaker takes at most %d"
                  .formatted(schema.properties().size(), HyperParameters.MOST));
    }
    schema
        .properties()
        .forEach((name, property) -> {
          if (property.defaultValue() != null) {
            String place = step(step(step(field.pointer(), "properties"), name), "default");
            HyperParameters.checkValue(property.defaultValue(), place, field.problems());
          }
        });
    return new ParameterSchema(schema);
  }

  /** The names of the declared parameters, in the author's order. */
  public SequencedSet<String> names() {
    return schema.properties().sequencedKeySet();
  }

  /**
   * Checks the member {@code hyperParameters} of a launch's body and completes it with defaults;
   * without one, the defaults are all.
   *
   * @param body a JSON object, as the client sent it
   * @throws io.byoa.common.FailureException 400 {@code malformed-json} when it is not JSON
   */
  public HyperParameters.Checked checkBody(String body) {
    JsonDocument document = JsonReader.read(body, "The body");
    Problems problems = new Problems();
    for (Violation violation : document.violations()) {
      if ((violation.pointer() + "/").startsWith(HyperParameters.POINTER + "/")) {
        problems.addAll(List.of(violation));
      }
    }
    JsonValue given =
        document.root() instanceof JsonObject object ? object.get("hyperParameters") : null;
    return check(given, problems);
  }

  /** Checks the hyperparameters of a launch and completes them with defaults. */
  public HyperParameters.Checked check(@Nullable JsonValue hyperParameters) {
    return check(hyperParameters, new Problems());
  }

  private HyperParameters.Checked check(@Nullable JsonValue given, Problems problems) {
    JsonValue value = given == null ? JsonObject.EMPTY : given;
    if (value.text().getBytes(StandardCharsets.UTF_8).length > LARGEST) {
      problems.add(
          HyperParameters.POINTER,
          "is larger than %d bytes: pass large values as an input".formatted(LARGEST));
      return new HyperParameters.Checked(
          new HyperParameters(JsonObject.EMPTY), problems.violations());
    }
    JsonObject checked =
        schema.check(value, "parameter", HyperParameters.POINTER, problems)
                instanceof JsonObject object
            ? object
            : JsonObject.EMPTY;
    refuseNames(checked, problems);
    return new HyperParameters.Checked(new HyperParameters(checked), problems.violations());
  }

  /** Names that the schema does not know can only come in through additionalProperties. */
  private static void refuseNames(JsonObject checked, Problems problems) {
    checked
        .members()
        .keySet()
        .forEach(name -> {
          String fault = ParameterNames.fault(name);
          if (fault != null) {
            problems.refuse(step(HyperParameters.POINTER, name), new JsonString(name), fault);
          }
        });
  }

  /** A self-contained JSON Schema 2020-12 of the hyperparameters, with every default explicit. */
  public JsonObject toJsonSchema() {
    JsonObject.Builder document = JsonObject.builder().put("$schema", DIALECT);
    schema.toJson().members().forEach(document::put);
    return document.build();
  }

  /** As the descriptor writes it. */
  JsonObject toJson() {
    return schema.toJson();
  }

  Schema schema() {
    return schema;
  }
}
