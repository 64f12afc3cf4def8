package io.byoa.job.launch;

import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The body of a launch, for the API's description; {@link LaunchBody} reads it. */
@Schema(name = "Launch")
record LaunchSchema(
    @Schema(
            type = SchemaType.OBJECT,
            description =
                "As the version declares them; GET …/versions/{version}/schema. What is absent takes"
                    + " its default.")
        Map<String, Object> hyperParameters,
    @Schema(
            type = SchemaType.OBJECT,
            description =
                "Channel to a reference (dataset:name, s3://bucket/prefix/), or to an object of uri,"
                    + " contentType and inputMode.")
        Map<String, Object> inputs,
    ResourcesSchema resources,
    StoppingConditionSchema stoppingCondition,
    boolean spot,
    @Schema(description = "Where to train; the installation's own choice when absent.")
        String engine,
    Map<String, String> tags) {

  static final String EXAMPLE =
      """
      {"hyperParameters": {"max_leaf_nodes": 8}, "inputs": {"training": "dataset:iris"},
       "tags": {"project": "x"}}\
      """;

  @Schema(name = "LaunchResources")
  record ResourcesSchema(
      @Schema(description = "One of the version's own.") String instanceType,
      int instanceCount,
      int volumeSizeInGB) {}

  @Schema(name = "LaunchStoppingCondition")
  record StoppingConditionSchema(
      int maxRuntimeInSeconds,
      @Schema(description = "Waiting and running together; with spot only.")
          int maxWaitTimeInSeconds) {}
}
