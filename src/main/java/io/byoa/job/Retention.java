package io.byoa.job;

import io.quarkus.runtime.configuration.DurationConverter;
import java.time.Duration;
import java.util.Optional;

/**
 * How long something stays.
 *
 * @param time empty for ever
 */
public record Retention(Optional<Duration> time) {

  private static final String EVER = "off";

  /** Refuses a time that is none. */
  public Retention {
    if (time.isPresent() && !time.get().isPositive()) {
      throw new IllegalArgumentException(
          "A retention is longer than nothing, such as 90d; off keeps for ever.");
    }
  }

  /** Reads {@code 90d}, {@code 12h}, an ISO 8601 duration, or {@code off}. */
  public static Retention of(String text) {
    String word = text.strip();
    return word.equalsIgnoreCase(EVER)
        ? new Retention(Optional.empty())
        : new Retention(Optional.of(DurationConverter.parseDuration(word)));
  }

  /** As an operator would write it: {@code 90 days}, {@code PT90M} or {@code off}. */
  @Override
  public String toString() {
    return time.map(duration ->
            duration.equals(Duration.ofDays(duration.toDays()))
                ? duration.toDays() + (duration.toDays() == 1 ? " day" : " days")
                : duration.toString())
        .orElse(EVER);
  }
}
