package io.byoa.algorithm.descriptor;

import io.byoa.algorithm.descriptor.reading.Words;
import io.byoa.common.json.JsonArray;
import io.byoa.common.json.JsonObject;
import io.byoa.common.json.JsonValue;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a version declares: the contract between who writes an algorithm and who launches it,
 * complete with every default. {@link DescriptorReader} makes it; it never changes for a version.
 *
 * @param name of the algorithm
 * @param version of the algorithm
 * @param description for people; may be empty
 * @param checkpoints whether the program saves to and resumes from {@code /opt/ml/checkpoints}
 * @param environment variables for the program, besides those of the training contract
 */
public record Descriptor(
    String name,
    SemVer version,
    String description,
    RuntimeSpec runtime,
    EntryPoint entryPoint,
    ArgumentStyle arguments,
    ParameterSchema hyperParameters,
    List<Channel> channels,
    List<MetricDefinition> metrics,
    Resources resources,
    StoppingCondition stoppingCondition,
    RetryStrategy retryStrategy,
    boolean spot,
    boolean checkpoints,
    boolean networkIsolation,
    Packaging packaging,
    SortedMap<String, String> environment) {

  /** Copies the collections. */
  public Descriptor {
    channels = List.copyOf(channels);
    metrics = List.copyOf(metrics);
    environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
  }

  /** The completed descriptor, its fields in the order of the documentation, for people to read. */
  public String toJson() {
    return json().pretty();
  }

  /** The completed descriptor, its fields in the order of the documentation. */
  public JsonObject json() {
    JsonObject.Builder variables = JsonObject.builder();
    environment.forEach(variables::put);
    return JsonObject.builder()
        .put("name", name)
        .put("version", version.toString())
        .put("description", description)
        .put("runtime", runtime.toJson())
        .put("entryPoint", entryPoint.toJson())
        .put("arguments", Words.of(arguments))
        .put("hyperParameters", hyperParameters.toJson())
        .put("channels", array(channels.stream().map(Channel::toJson).toList()))
        .put("metrics", array(metrics.stream().map(MetricDefinition::toJson).toList()))
        .put("resources", resources.toJson())
        .put("stoppingCondition", stoppingCondition.toJson())
        .put("retryStrategy", retryStrategy.toJson())
        .put("spot", spot)
        .put("checkpoints", checkpoints)
        .put("networkIsolation", networkIsolation)
        .put("packaging", Words.of(packaging))
        .put("environment", variables.build())
        .build();
  }

  private static JsonArray array(List<? extends JsonValue> values) {
    return new JsonArray(List.copyOf(values));
  }
}
