package io.byoa.bench;

import java.time.Duration;

/**
 * How long everything is measured.
 *
 * @param rounds pairs of measurements that a ratio is taken from
 * @param round how long one of the pair takes
 * @param steady how long a steady rate is kept up
 */
record Scale(int starts, int rounds, Duration round, Duration steady, int launches, int jobs) {

  static final Scale FULL =
      new Scale(11, 7, Duration.ofSeconds(4), Duration.ofSeconds(30), 31, 100_000);
  static final Scale QUICK =
      new Scale(2, 2, Duration.ofSeconds(1), Duration.ofSeconds(3), 5, 2_000);
}
