package io.byoa.algorithm;

import io.byoa.algorithm.descriptor.Channel;
import io.byoa.algorithm.descriptor.Descriptor;
import io.byoa.common.json.JsonArray;
import io.byoa.common.json.JsonObject;
import io.byoa.common.json.JsonReader;
import io.byoa.common.json.JsonString;
import io.byoa.common.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * The OpenAPI 3.1 document of one version's three services: launch with its own parameters, status,
 * result. Complete in itself, so that a client can be generated from it, or Swagger UI can launch
 * with it.
 *
 * <p>What is the same for every version stands in {@code openapi/version.json}; here comes in what
 * the descriptor declares.
 */
final class VersionOpenApi {

  private static final JsonObject TEMPLATE = template();

  /** The key in the template that becomes the address to launch at. */
  private static final String LAUNCH = "{launch}";

  private final Descriptor descriptor;
  private final JsonObject parameters;

  private VersionOpenApi(Descriptor descriptor) {
    this.descriptor = descriptor;
    this.parameters = descriptor.hyperParameters().toJsonSchema().without("$schema");
  }

  /** The document of the version that this descriptor declares. */
  static JsonObject of(Descriptor descriptor) {
    VersionOpenApi document = new VersionOpenApi(descriptor);
    JsonObject.Builder whole = JsonObject.builder();
    TEMPLATE
        .members()
        .forEach((name, part) -> {
          whole.put(
              name,
              switch (name) {
                case "paths" -> document.paths((JsonObject) part);
                case "components" -> document.components((JsonObject) part);
                default -> part;
              });
          if (name.equals("openapi")) {
            whole.put("info", document.info());
          }
        });
    return whole.build();
  }

  private JsonObject info() {
    return JsonObject.builder()
        .put("title", descriptor.name())
        .put("version", descriptor.version().toString())
        .put("description", descriptor.description())
        .build();
  }

  private JsonObject paths(JsonObject template) {
    String address =
        "%s/versions/%s/jobs"
            .formatted(AlgorithmResource.path(descriptor.name()), descriptor.version());
    JsonObject post = (JsonObject) at(template, LAUNCH, "post");
    JsonObject.Builder paths = JsonObject.builder();
    paths.put(
        address, JsonObject.builder().put("post", post.with("requestBody", requestBody())).build());
    template.without(LAUNCH).members().forEach(paths::put);
    return paths.build();
  }

  private JsonObject requestBody() {
    JsonObject json =
        JsonObject.builder().put("schema", ref("Launch")).put("example", example()).build();
    return JsonObject.builder()
        .put("required", hasRequired(parameters) || !requiredChannels().isEmpty())
        .put("content", JsonObject.builder().put("application/json", json).build())
        .build();
  }

  private JsonObject components(JsonObject template) {
    JsonObject schemas = (JsonObject) at(template, "schemas");
    return template.with(
        "schemas",
        schemas
            .with("Launch", launch((JsonObject) at(schemas, "Launch")))
            .with("HyperParameters", parameters)
            .with("Inputs", inputs())
            .with("InstanceType", instanceType())
            .with("Metrics", metrics()));
  }

  /** The body, of which a part is required only when something in that part is. */
  private JsonObject launch(JsonObject template) {
    List<String> required = new ArrayList<>();
    if (hasRequired(parameters)) {
      required.add("hyperParameters");
    }
    if (!requiredChannels().isEmpty()) {
      required.add("inputs");
    }
    return required.isEmpty() ? template : template.with("required", JsonArray.ofStrings(required));
  }

  private JsonObject inputs() {
    JsonObject.Builder channels = JsonObject.builder();
    for (Channel channel : descriptor.channels()) {
      channels.put(channel.name(), ref("Input").with("description", description(channel)));
    }
    JsonObject.Builder inputs =
        JsonObject.builder()
            .put("type", "object")
            .put("properties", channels.build())
            .put("additionalProperties", false);
    List<String> required = requiredChannels().stream().map(Channel::name).toList();
    return (required.isEmpty() ? inputs : inputs.put("required", JsonArray.ofStrings(required)))
        .build();
  }

  private static JsonString description(Channel channel) {
    return new JsonString(Objects.requireNonNullElse(channel.description(), ""));
  }

  private JsonObject instanceType() {
    List<String> types = descriptor.resources().instanceTypes();
    JsonObject.Builder type = JsonObject.builder().put("type", "string");
    return (types.isEmpty() ? type : type.put("enum", JsonArray.ofStrings(types))).build();
  }

  private JsonObject metrics() {
    JsonObject.Builder metrics = JsonObject.builder();
    descriptor
        .metrics()
        .forEach(metric ->
            metrics.put(metric.name(), JsonObject.builder().put("type", "number").build()));
    return JsonObject.builder()
        .put("type", "object")
        .put("description", "The last value of each metric that was seen.")
        .put("properties", metrics.build())
        .build();
  }

  /** A body to copy: every parameter, and a dataset for every channel that needs one. */
  private JsonObject example() {
    SequencedMap<String, JsonValue> defaults =
        descriptor.hyperParameters().check(null).values().values().members();
    JsonObject.Builder given = JsonObject.builder();
    if (parameters.get("properties") instanceof JsonObject properties) {
      properties
          .members()
          .forEach((name, schema) -> {
            if (defaults.containsKey(name)) {
              given.put(name, defaults.get(name));
            } else if (isRequired(name) && schema instanceof JsonObject rules) {
              given.put(name, ExampleValue.of(rules));
            }
          });
    }
    JsonObject.Builder inputs = JsonObject.builder();
    requiredChannels()
        .forEach(channel -> inputs.put(channel.name(), "dataset:" + datasetName(channel.name())));
    return JsonObject.builder()
        .put("hyperParameters", given.build())
        .put("inputs", inputs.build())
        .build();
  }

  /** A name that a dataset may have, as near to the channel's as can be. */
  private static String datasetName(String channel) {
    String name =
        channel.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    return name.isEmpty() ? "data" : name;
  }

  private List<Channel> requiredChannels() {
    return descriptor.channels().stream().filter(Channel::required).toList();
  }

  private static boolean hasRequired(JsonObject schema) {
    return schema.get("required") instanceof JsonArray names && !names.values().isEmpty();
  }

  private boolean isRequired(String name) {
    return parameters.get("required") instanceof JsonArray names
        && names.values().contains(new JsonString(name));
  }

  private static JsonObject ref(String schema) {
    return JsonObject.builder().put("$ref", "#/components/schemas/" + schema).build();
  }

  private static JsonValue at(JsonObject root, String... names) {
    JsonValue found = root;
    for (String name : names) {
      found = Objects.requireNonNull(((JsonObject) found).get(name), name);
    }
    return found;
  }

  private static JsonObject template() {
    try (InputStream in =
        Objects.requireNonNull(VersionOpenApi.class.getResourceAsStream("/openapi/version.json"))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return (JsonObject) JsonReader.read(text, "openapi/version.json").root();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
