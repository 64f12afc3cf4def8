package io.byoa.job.lifecycle;

import java.time.Duration;

/**
 * How long to wait before something that failed is tried again: a random part of a time that
 * doubles with every failure (exponential, with full jitter), so that those who failed together do
 * not come back together.
 *
 * @param first the longest wait after the first failure
 * @param most the longest wait of all
 */
public record Backoff(Duration first, Duration most) {

  /** Refuses to wait for less than nothing, and to become shorter. */
  public Backoff {
    if (!first.isPositive() || most.compareTo(first) < 0) {
      throw new IllegalArgumentException("Not a backoff: " + first + " to " + most);
    }
  }

  /**
   * The longest wait after so many failures in a row.
   *
   * @param failures from 1
   */
  public Duration atMost(int failures) {
    Duration wait = first;
    for (int i = 1; i < failures && wait.compareTo(most) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    return shorter(wait);
  }

  /**
   * The longest wait in trouble that has lasted for so long, for those who do not count: as long
   * again. It doubles with each wait too, however many ask meanwhile.
   */
  public Duration atMost(Duration trouble) {
    return shorter(first.plus(trouble));
  }

  private Duration shorter(Duration wait) {
    return wait.compareTo(most) < 0 ? wait : most;
  }

  /**
   * The wait itself.
   *
   * @param random at least 0 and less than 1
   */
  public static Duration jittered(Duration atMost, double random) {
    return Duration.ofMillis((long) (atMost.toMillis() * random));
  }
}
