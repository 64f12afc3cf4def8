package io.byoa.job.launch;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.byoa.job.InputView;
import io.byoa.job.JobRequest;
import io.byoa.job.JobView;
import io.byoa.job.RawJson;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a launch would be, completed and checked; nothing was launched. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "LaunchPlan")
record LaunchPlanView(
    boolean dryRun,
    String algorithm,
    String version,
    String engine,
    SortedMap<String, RawJson> hyperParameters,
    SortedMap<String, InputView> inputs,
    JobView.ResourcesView resources,
    JobView.StoppingConditionView stoppingCondition,
    boolean spot,
    SortedMap<String, String> tags,
    List<String> notices) {

  static LaunchPlanView of(LaunchPlan plan) {
    JobRequest request = plan.request();
    SortedMap<String, RawJson> parameters = new TreeMap<>();
    request.hyperParameters().forEach((name, text) -> parameters.put(name, new RawJson(text)));
    return new LaunchPlanView(
        true,
        plan.version().algorithm(),
        plan.version().version(),
        plan.engine().name(),
        parameters,
        InputView.of(request.inputs()),
        new JobView.ResourcesView(
            request.instanceType(), request.instanceCount(), request.volumeSizeInGB()),
        new JobView.StoppingConditionView(
            request.maxRuntimeInSeconds(), request.maxWaitTimeInSeconds()),
        request.spot(),
        request.tags(),
        request.notices());
  }
}
