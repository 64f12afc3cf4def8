package io.byoa.engine;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name of one engine job, {@code <algorithm>-<job id, lower case>-<launch>}: unique for ever,
 * and the idempotency key of its launch.
 *
 * @param value 1 to 63 characters, as SageMaker's {@code TrainingJobName} allows
 */
public record LaunchName(String value) {

  private static final Pattern SHAPE =
      Pattern.compile("[a-z0-9](-?[a-z0-9])*-[0-9a-z]{26}-[1-9][0-9]{0,2}");

  /** Refuses what no launch is called. */
  public LaunchName {
    if (value.length() > 63 || !SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException("Not the name of a launch: " + value);
    }
  }

  /**
   * The name of a job's launch.
   *
   * @param launch counts from 1
   */
  public static LaunchName of(String algorithm, String jobId, int launch) {
    return new LaunchName(algorithm + "-" + jobId.toLowerCase(Locale.ROOT) + "-" + launch);
  }

  /** The id of the job, upper case. */
  public String jobId() {
    int end = value.lastIndexOf('-');
    return value.substring(end - 26, end).toUpperCase(Locale.ROOT);
  }

  /** Which launch of the job, counted from 1. */
  public int launch() {
    return Integer.parseInt(value.substring(value.lastIndexOf('-') + 1));
  }

  @Override
  public String toString() {
    return value;
  }
}
