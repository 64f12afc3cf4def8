package io.byoa.job.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(5), Duration.ofSeconds(60));

  @Test
  void doublesWithEveryFailureUpToItsMost() {
    assertThat(BACKOFF.atMost(1)).isEqualTo(Duration.ofSeconds(5));
    assertThat(BACKOFF.atMost(2)).isEqualTo(Duration.ofSeconds(10));
    assertThat(BACKOFF.atMost(4)).isEqualTo(Duration.ofSeconds(40));
    assertThat(BACKOFF.atMost(5)).isEqualTo(Duration.ofSeconds(60));
    assertThat(BACKOFF.atMost(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(60));
  }

  /** Who waited 5, 10 and 20 seconds has been in trouble for 35, and waits 40. */
  @Test
  void doublesWithoutCountingToo() {
    Duration trouble = Duration.ZERO;
    for (int failures = 1; failures <= 6; failures++) {
      assertThat(BACKOFF.atMost(trouble)).isEqualTo(BACKOFF.atMost(failures));
      trouble = trouble.plus(BACKOFF.atMost(failures));
    }
  }

  @Test
  void waitsForARandomPart() {
    assertThat(Backoff.jittered(Duration.ofSeconds(8), 0)).isZero();
    assertThat(Backoff.jittered(Duration.ofSeconds(8), 0.25)).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void isNeitherNothingNorShrinking() {
    assertThatThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
