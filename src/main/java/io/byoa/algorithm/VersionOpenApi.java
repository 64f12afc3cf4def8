package io.byoa.algorithm;

import io.byoa.algorithm.descriptor.Channel;
import io.byoa.algorithm.descriptor.Descriptor;
import io.byoa.common.json.JsonArray;
import io.byoa.common.json.JsonBoolean;
import io.byoa.common.json.JsonObject;
import io.byoa.common.json.JsonString;
import io.byoa.common.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The OpenAPI 3.1 document of one version's three services: launch with its own parameters, status,
 * result. Complete in itself, so that a client can be generated from it, or Swagger UI can launch
 * with it.
 */
final class VersionOpenApi {

  private VersionOpenApi() {}

  /** The document of the version that this descriptor declares. */
  static JsonObject of(Descriptor descriptor) {
    String version = descriptor.version().toString();
    String base = "/api/v1/algorithms/" + descriptor.name() + "/versions/" + version;
    return object()
        .put("openapi", "3.1.0")
        .put(
            "info",
            object()
                .put("title", descriptor.name())
                .put("version", version)
                .put("description", descriptor.description())
                .build())
        .put("servers", array(object().put("url", "/").build()))
        .put("security", array(object().put("token", array()).build()))
        .put(
            "paths",
            object()
                .put(base + "/jobs", object().put("post", launch(descriptor)).build())
                .put("/api/v1/jobs/{job}", object().put("get", status()).build())
                .put("/api/v1/jobs/{job}/result", object().put("get", result()).build())
                .build())
        .put(
            "components",
            object()
                .put("schemas", schemas(descriptor))
                .put(
                    "securitySchemes",
                    object()
                        .put("token", object().put("type", "http").put("scheme", "bearer").build())
                        .build())
                .build())
        .build();
  }

  private static JsonObject launch(Descriptor descriptor) {
    return object()
        .put("operationId", "launch")
        .put("summary", "Launch a training of this version")
        .put(
            "parameters",
            array(
                object()
                    .put("name", "Idempotency-Key")
                    .put("in", "header")
                    .put("schema", type("string"))
                    .build(),
                object()
                    .put("name", "dryRun")
                    .put("in", "query")
                    .put("description", "Check everything and launch nothing.")
                    .put("schema", type("boolean"))
                    .build()))
        .put(
            "requestBody",
            object()
                .put(
                    "content",
                    object()
                        .put(
                            "application/json",
                            object()
                                .put("schema", ref("Launch"))
                                .put("example", example(descriptor))
                                .build())
                        .build())
                .build())
        .put(
            "responses",
            object()
                .put("202", response("Accepted; 'links' says where to follow it.", "Job"))
                .put("default", problem())
                .build())
        .build();
  }

  private static JsonObject status() {
    return object()
        .put("operationId", "status")
        .put("summary", "Read a job's status")
        .put(
            "parameters",
            array(
                job(),
                object()
                    .put("name", "wait")
                    .put("in", "query")
                    .put("description", "Wait up to this long for the end, at most 60s.")
                    .put("schema", type("string"))
                    .put("example", "30s")
                    .build()))
        .put(
            "responses",
            object()
                .put("200", response("Where the job stands.", "Job"))
                .put("default", problem())
                .build())
        .build();
  }

  private static JsonObject result() {
    return object()
        .put("operationId", "result")
        .put("summary", "Read what an ended job left")
        .put("parameters", array(job()))
        .put(
            "responses",
            object()
                .put("200", response("Metrics, model and files, with links.", "Result"))
                .put("default", problem())
                .build())
        .build();
  }

  private static JsonObject schemas(Descriptor descriptor) {
    JsonObject.Builder metrics = object();
    descriptor.metrics().forEach(metric -> metrics.put(metric.name(), type("number")));
    return object()
        .put("HyperParameters", descriptor.hyperParameters().toJsonSchema())
        .put("Launch", launchBody(descriptor))
        .put(
            "Job",
            fields(
                "id", "string",
                "algorithm", "string",
                "version", "string",
                "status", "string",
                "secondaryStatus", "string",
                "statusMessage", "string",
                "createdAt", "string",
                "startedAt", "string",
                "endedAt", "string",
                "metrics", "object",
                "failure", "object",
                "links", "object"))
        .put(
            "Result",
            object()
                .put("type", "object")
                .put(
                    "properties",
                    object()
                        .put("job", type("string"))
                        .put("status", type("string"))
                        .put(
                            "metrics",
                            object()
                                .put("type", "object")
                                .put("properties", metrics.build())
                                .build())
                        .put("model", type("object"))
                        .put(
                            "files",
                            object().put("type", "array").put("items", type("object")).build())
                        .build())
                .build())
        .put(
            "Problem",
            fields("type", "string", "title", "string", "status", "integer", "detail", "string"))
        .build();
  }

  private static JsonObject launchBody(Descriptor descriptor) {
    JsonObject.Builder channels = object();
    List<JsonValue> required = new ArrayList<>();
    for (Channel channel : descriptor.channels()) {
      channels.put(
          channel.name(),
          object()
              .put("type", "string")
              .put("description", channel.description())
              .put(
                  "examples",
                  array(new JsonString("dataset:" + channel.name().toLowerCase(Locale.ROOT))))
              .build());
      if (channel.required()) {
        required.add(new JsonString(channel.name()));
      }
    }
    return object()
        .put("type", "object")
        .put(
            "properties",
            object()
                .put("hyperParameters", ref("HyperParameters"))
                .put(
                    "inputs",
                    object()
                        .put("type", "object")
                        .put("properties", channels.build())
                        .put("required", new JsonArray(required))
                        .put("additionalProperties", new JsonBoolean(false))
                        .build())
                .put(
                    "resources",
                    fields(
                        "instanceType", "string",
                        "instanceCount", "integer",
                        "volumeSizeInGB", "integer"))
                .put(
                    "stoppingCondition",
                    fields("maxRuntimeInSeconds", "integer", "maxWaitTimeInSeconds", "integer"))
                .put("spot", type("boolean"))
                .put("engine", type("string"))
                .put(
                    "tags",
                    object()
                        .put("type", "object")
                        .put("additionalProperties", type("string"))
                        .build())
                .build())
        .put("additionalProperties", new JsonBoolean(false))
        .build();
  }

  private static JsonObject example(Descriptor descriptor) {
    JsonObject.Builder inputs = object();
    descriptor
        .channels()
        .forEach(channel ->
            inputs.put(channel.name(), "dataset:" + channel.name().toLowerCase(Locale.ROOT)));
    JsonObject given = descriptor.hyperParameters().check(null).values().values();
    return object().put("hyperParameters", given).put("inputs", inputs.build()).build();
  }

  private static JsonObject job() {
    return object()
        .put("name", "job")
        .put("in", "path")
        .put("required", new JsonBoolean(true))
        .put("schema", type("string"))
        .build();
  }

  private static JsonObject problem() {
    return object()
        .put("description", "What is wrong, and what to do about it (RFC 9457).")
        .put(
            "content",
            object()
                .put("application/problem+json", object().put("schema", ref("Problem")).build())
                .build())
        .build();
  }

  private static JsonObject response(String description, String schema) {
    return object()
        .put("description", description)
        .put(
            "content",
            object().put("application/json", object().put("schema", ref(schema)).build()).build())
        .build();
  }

  private static JsonObject fields(String... namesAndTypes) {
    JsonObject.Builder properties = object();
    for (int i = 0; i < namesAndTypes.length; i += 2) {
      properties.put(namesAndTypes[i], type(namesAndTypes[i + 1]));
    }
    return object().put("type", "object").put("properties", properties.build()).build();
  }

  private static JsonObject type(String name) {
    return object().put("type", name).build();
  }

  private static JsonObject ref(String schema) {
    return object().put("$ref", "#/components/schemas/" + schema).build();
  }

  private static JsonObject.Builder object() {
    return JsonObject.builder();
  }

  private static JsonArray array(JsonValue... values) {
    return new JsonArray(List.of(values));
  }
}
