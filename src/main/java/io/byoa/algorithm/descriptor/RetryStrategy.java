package io.byoa.algorithm.descriptor;

import io.byoa.algorithm.descriptor.reading.Field;
import io.byoa.algorithm.descriptor.reading.Fields;
import io.byoa.common.json.JsonObject;

/**
 * How often a job is launched again after a fault of the platform or the provider.
 *
 * @param maximumRetryAttempts 0 to 30; faults of the algorithm and of the input are never retried
 */
public record RetryStrategy(int maximumRetryAttempts) {

  /** What a descriptor without a strategy gets. */
  public static final RetryStrategy DEFAULT = new RetryStrategy(2);

  private static final int MOST = 30;

  /** Refuses what is out of range. */
  public RetryStrategy {
    if (maximumRetryAttempts < 0 || maximumRetryAttempts > MOST) {
      throw new IllegalArgumentException("Not a number of retries: " + maximumRetryAttempts);
    }
  }

  static RetryStrategy read(Field field) {
    Fields fields = field.object("maximumRetryAttempts", "maximumRetryAttempts");
    return fields == null
        ? DEFAULT
        : new RetryStrategy(
            fields
                .get("maximumRetryAttempts")
                .integer(0, MOST, "retries", DEFAULT.maximumRetryAttempts));
  }

  JsonObject toJson() {
    return JsonObject.builder().put("maximumRetryAttempts", maximumRetryAttempts).build();
  }
}
