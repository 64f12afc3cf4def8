package io.byoa.bench;

import java.time.Duration;

/**
 * How long everything is measured.
 *
 * @param starts warm starts
 * @param warmUp how long a server is used before it is measured
 * @param launches launches whose overhead is measured
 * @param rounds pairs of measurements that a ratio is taken from
 * @param round how long one of the pair takes
 * @param steady how long a steady rate is kept up
 */
record Scale(
    int starts,
    int rounds,
    Duration warmUp,
    Duration round,
    Duration steady,
    int launches,
    int jobs) {

  static final Scale FULL =
      new Scale(
          11,
          7,
          Duration.ofSeconds(20),
          Duration.ofSeconds(4),
          Duration.ofSeconds(30),
          31,
          100_000);

  static final Scale QUICK =
      new Scale(
          2, 2, Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(3), 5, 2_000);
}
