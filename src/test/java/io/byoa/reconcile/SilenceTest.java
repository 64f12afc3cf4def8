package io.byoa.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SilenceTest {

  private final AtomicLong nanos = new AtomicLong();
  private long chance = Long.MIN_VALUE; // as a double, a half

  private Silence silence(String unavailable) {
    return new Silence(
        Replica.config(Map.of("unavailable", unavailable)), () -> chance, nanos::get);
  }

  @Test
  void leavesAnEngineAloneForAsLongAgainHoweverManyAsk() {
    Silence silence = silence("4s");
    assertThat(silence.unanswered("far")).isEqualTo(Duration.ofSeconds(2));
    assertThat(silence.unanswered("far")).isEqualTo(Duration.ofSeconds(2));
    later(Duration.ofSeconds(12));
    assertThat(silence.unanswered("far")).isEqualTo(Duration.ofSeconds(8));
    assertThat(silence.unanswered("near")).isEqualTo(Duration.ofSeconds(2));
    later(Duration.ofDays(1));
    assertThat(silence.unanswered("far")).as("never for longer").isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void startsAfreshAfterAnAnswer() {
    Silence silence = silence("4s");
    silence.unanswered("far");
    later(Duration.ofSeconds(12));
    silence.answered("far");
    assertThat(silence.unanswered("far")).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void waitsForARandomPart() {
    chance = 0;
    assertThat(silence("4s").unanswered("far")).isZero();
  }

  @Test
  void waitsAsLongAsTheOperatorWantsAtFirst() {
    assertThat(silence("5m").unanswered("far")).isEqualTo(Duration.ofSeconds(150));
  }

  private void later(Duration by) {
    nanos.addAndGet(by.toNanos());
  }
}
