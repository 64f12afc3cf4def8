package io.byoa.algorithm.descriptor;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The opinion of somebody else's JSON Schema validator. */
final class JsonSchemas {

  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private JsonSchemas() {}

  /** The schema that is published. */
  static String publishedText() {
    try (InputStream in =
        Objects.requireNonNull(
            JsonSchemas.class.getResourceAsStream("/schema/algorithm.schema.json"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Schema of(String schema) {
    return REGISTRY.getSchema(schema, InputFormat.JSON);
  }

  /** What is wrong with a document; empty when it is valid. */
  static List<String> errors(Schema schema, String json) {
    return schema.validate(json, InputFormat.JSON).stream().map(Object::toString).toList();
  }
}
