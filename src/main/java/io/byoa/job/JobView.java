package io.byoa.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.byoa.engine.Observation.Attempt;
import io.byoa.job.lifecycle.History;
import io.byoa.job.lifecycle.JobState;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A training job as clients see it; what is absent is not known yet. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Job")
public record JobView(
    @Schema(description = "A ULID; ids sort by the time of launch.") String id,
    String algorithm,
    @Schema(description = "The exact version.") String version,
    String engine,
    @Schema(
            description =
                "Queued, InProgress, Stopping, Completed, Failed or Stopped; only Completed is"
                    + " success.")
        String status,
    @Schema(description = "What the job does or waits for; expect new words.")
        String secondaryStatus,
    String statusMessage,
    @Nullable ProgressView progress,
    SortedMap<String, RawJson> hyperParameters,
    SortedMap<String, InputView> inputs,
    ResourcesView resources,
    StoppingConditionView stoppingCondition,
    boolean spot,
    SortedMap<String, String> tags,
    String requester,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Schema(description = "When its logs and files were deleted, long after its end.")
        @Nullable Instant expiredAt,
    List<History.Step> transitions,
    SortedMap<String, Job.MetricValue> metrics,
    List<Attempt> attempts,
    @Nullable FailureView failure,
    List<String> notices,
    LinksView links) {

  /** The job as it stands. */
  public static JobView of(Job job) {
    JobState state = job.state();
    JobRequest asked = job.request();
    SortedMap<String, RawJson> parameters = new TreeMap<>();
    asked.hyperParameters().forEach((name, text) -> parameters.put(name, new RawJson(text)));
    Job.Progress progress = job.progress();
    return new JobView(
        job.id(),
        job.algorithm(),
        job.version(),
        job.engine(),
        state.status().word(),
        state.secondaryStatus(),
        state.message(),
        progress == null ? null : new ProgressView(progress.value(), progress.updatedAt()),
        parameters,
        InputView.of(asked.inputs()),
        new ResourcesView(asked.instanceType(), asked.instanceCount(), asked.volumeSizeInGB()),
        new StoppingConditionView(asked.maxRuntimeInSeconds(), asked.maxWaitTimeInSeconds()),
        asked.spot(),
        asked.tags(),
        job.requester(),
        state.createdAt(),
        state.startedAt(),
        state.endedAt(),
        job.expiredAt(),
        state.transitions(),
        new TreeMap<>(job.metrics()),
        state.history().attempts(),
        state.failure() == null ? null : FailureView.of(state.failure()),
        asked.notices(),
        LinksView.of(job.id()));
  }

  /** The route of a job. */
  public static String path(String id) {
    return "/api/v1/jobs/" + id;
  }

  @Schema(name = "JobProgress")
  record ProgressView(@Schema(description = "0 to 1.") double value, Instant updatedAt) {}

  /** The machines that it runs on. */
  @Schema(name = "JobResources")
  public record ResourcesView(String instanceType, int instanceCount, int volumeSizeInGB) {}

  /** How long it may run, and wait for capacity besides. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "JobStoppingCondition")
  public record StoppingConditionView(
      int maxRuntimeInSeconds, @Nullable Integer maxWaitTimeInSeconds) {}

  @Schema(name = "JobLinks")
  record LinksView(
      String self, String result, String logs, String metrics, String events, String stop) {

    static LinksView of(String id) {
      String self = path(id);
      return new LinksView(
          self,
          self + "/result",
          self + "/logs",
          self + "/metrics",
          self + "/events",
          self + "/stop");
    }
  }
}
