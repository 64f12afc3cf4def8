package io.byoa.job.launch;

import io.byoa.algorithm.descriptor.Descriptor;
import io.byoa.algorithm.descriptor.StoppingCondition;
import io.byoa.common.Nearest;
import io.byoa.common.Violation;
import io.byoa.job.JobRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The machines and limits of a launch: the descriptor's, overridden by what the launch asks for
 * within the installation's limits; pure.
 */
record LaunchResources(
    List<String> instanceTypes,
    int instanceCount,
    int volumeSizeInGB,
    int maxRuntimeInSeconds,
    @Nullable Integer maxWaitTimeInSeconds,
    int maximumRetryAttempts,
    boolean spot,
    List<Violation> violations) {

  static LaunchResources of(Descriptor descriptor, LaunchBody asked, LaunchConfig config) {
    List<Violation> violations = new ArrayList<>();
    boolean spot = asked.spot().orElse(descriptor.spot());
    int maxRuntime =
        (int)
            asked
                .maxRuntimeInSeconds()
                .orElse(descriptor.stoppingCondition().maxRuntimeInSeconds());
    if (maxRuntime > config.maxRuntimeInSeconds()) {
      violations.add(
          new Violation(
              "/stoppingCondition/maxRuntimeInSeconds",
              "%d is longer than the %d seconds that this installation allows."
                  .formatted(maxRuntime, config.maxRuntimeInSeconds())));
    }
    if (StoppingCondition.staysAtStake(spot, descriptor.checkpoints(), maxRuntime)) {
      violations.add(
          new Violation(
              asked.maxRuntimeInSeconds().isPresent()
                  ? "/stoppingCondition/maxRuntimeInSeconds"
                  : "/spot",
              "Spot may take the machine away at any time, and this version saves no checkpoints: at most %d seconds of runtime may be at stake, and maxRuntimeInSeconds is %d. Shorten it, or launch with \"spot\": false."
                  .formatted(StoppingCondition.LONGEST_WITHOUT_CHECKPOINTS, maxRuntime)));
    }
    return new LaunchResources(
        instanceTypes(descriptor, asked, violations),
        (int) asked.instanceCount().orElse(descriptor.resources().instanceCount()),
        (int) asked.volumeSizeInGB().orElse(descriptor.resources().volumeSizeInGB()),
        maxRuntime,
        maxWait(descriptor, asked, spot, maxRuntime, violations),
        descriptor.retryStrategy().maximumRetryAttempts(),
        spot,
        violations);
  }

  private static List<String> instanceTypes(
      Descriptor descriptor, LaunchBody asked, List<Violation> violations) {
    List<String> declared = descriptor.resources().instanceTypes();
    if (asked.instanceType().isEmpty()) {
      return declared;
    }
    String wanted = asked.instanceType().get();
    if (!declared.contains(wanted)) {
      String hint = Nearest.endOfSentence(wanted, declared);
      violations.add(
          new Violation(
              "/resources/instanceType",
              "'%s' is not an instance type of this version%s It declares: %s."
                  .formatted(wanted, hint, String.join(", ", declared))));
      return declared;
    }
    List<String> ordered = new ArrayList<>();
    ordered.add(wanted);
    declared.stream().filter(type -> !type.equals(wanted)).forEach(ordered::add);
    return ordered;
  }

  private static @Nullable Integer maxWait(
      Descriptor descriptor,
      LaunchBody asked,
      boolean spot,
      int maxRuntime,
      List<Violation> violations) {
    String pointer = "/stoppingCondition/maxWaitTimeInSeconds";
    if (!spot) {
      if (asked.maxWaitTimeInSeconds().isPresent()) {
        violations.add(new Violation(pointer, "It only makes sense with \"spot\": true."));
      }
      return null;
    }
    Integer declared = descriptor.stoppingCondition().maxWaitTimeInSeconds();
    if (asked.maxWaitTimeInSeconds().isEmpty()) {
      // A longer runtime than declared needs at least as long a wait.
      return declared == null
          ? Integer.valueOf(StoppingCondition.defaultWait(maxRuntime))
          : Math.max(declared, maxRuntime);
    }
    int wanted = (int) asked.maxWaitTimeInSeconds().getAsLong();
    if (wanted < maxRuntime) {
      violations.add(
          new Violation(
              pointer,
              "%d is less than maxRuntimeInSeconds (%d); waiting includes running."
                  .formatted(wanted, maxRuntime)));
    }
    return wanted;
  }

  JobRequest request(
      String codeSha256,
      SortedMap<String, String> hyperParameters,
      SortedMap<String, JobRequest.Input> inputs,
      SortedMap<String, String> tags,
      List<String> notices) {
    return new JobRequest(
        codeSha256,
        hyperParameters,
        inputs,
        instanceTypes,
        instanceCount,
        volumeSizeInGB,
        maxRuntimeInSeconds,
        maxWaitTimeInSeconds,
        maximumRetryAttempts,
        spot,
        tags,
        notices);
  }
}
