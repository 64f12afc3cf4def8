package io.byoa.algorithm.descriptor;

import io.byoa.algorithm.descriptor.reading.Field;
import io.byoa.algorithm.descriptor.reading.Fields;
import io.byoa.common.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * When a job is ended by force.
 *
 * @param maxRuntimeInSeconds of running, over all attempts
 * @param maxWaitTimeInSeconds of running and waiting together; present for spot and only for spot
 */
public record StoppingCondition(int maxRuntimeInSeconds, @Nullable Integer maxWaitTimeInSeconds) {

  /** How many seconds of running spot may cost a program that saves no checkpoints. */
  public static final int LONGEST_WITHOUT_CHECKPOINTS = 3600;

  /** What a descriptor without a limit gets, in seconds. */
  static final int DEFAULT_RUNTIME = 3600;

  /** SageMaker's longest {@code MaxRuntimeInSeconds}: 28 days. */
  static final int LONGEST = 28 * 24 * 3600;

  /** Refuses limits that contradict each other. */
  public StoppingCondition {
    if (maxRuntimeInSeconds < 1
        || (maxWaitTimeInSeconds != null && maxWaitTimeInSeconds < maxRuntimeInSeconds)) {
      throw new IllegalArgumentException("Not a stopping condition");
    }
  }

  static StoppingCondition read(Field field, boolean spot) {
    Fields fields =
        field.object(
            "maxRuntimeInSeconds, maxWaitTimeInSeconds",
            "maxRuntimeInSeconds",
            "maxWaitTimeInSeconds");
    if (fields == null) {
      return of(DEFAULT_RUNTIME, spot);
    }
    int runtime = fields.get("maxRuntimeInSeconds").integer(1, LONGEST, "seconds", DEFAULT_RUNTIME);
    Field place = fields.get("maxWaitTimeInSeconds");
    Integer wait = place.integer(1, LONGEST, "seconds");
    if (place.isPresent() && !spot) {
      place.refuse("is for spot alone: leave it out, or set \"spot\" to true");
    } else if (wait != null && wait < runtime) {
      place.refuse("is less than maxRuntimeInSeconds (%d), which it includes".formatted(runtime));
    } else if (wait != null) {
      return new StoppingCondition(runtime, wait);
    }
    return of(runtime, spot);
  }

  private static StoppingCondition of(int runtime, boolean spot) {
    return new StoppingCondition(runtime, spot ? defaultWait(runtime) : null);
  }

  /** Spot may wait as long again as it may run, unless somebody says otherwise; in seconds. */
  public static int defaultWait(int maxRuntimeInSeconds) {
    return Math.min(2 * maxRuntimeInSeconds, LONGEST);
  }

  /**
   * Whether spot may cost more running than anybody should lose: it takes machines away at any
   * time, and what was not saved is gone.
   */
  public static boolean staysAtStake(boolean spot, boolean checkpoints, int maxRuntimeInSeconds) {
    return spot && !checkpoints && maxRuntimeInSeconds > LONGEST_WITHOUT_CHECKPOINTS;
  }

  JsonObject toJson() {
    return JsonObject.builder()
        .put("maxRuntimeInSeconds", maxRuntimeInSeconds)
        .put("maxWaitTimeInSeconds", maxWaitTimeInSeconds)
        .build();
  }
}
