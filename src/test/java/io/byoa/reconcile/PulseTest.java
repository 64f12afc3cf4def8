package io.byoa.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class PulseTest {

  private final AtomicLong nanos = new AtomicLong(-5);
  private final Pulse pulse = new Pulse(nanos::get);

  @Test
  void countsFromItsLastBeatAndFromTheStartBeforeTheFirst() {
    nanos.addAndGet(Duration.ofSeconds(3).toNanos());
    assertThat(pulse.silence()).isEqualTo(Duration.ofSeconds(3));
    pulse.beat();
    assertThat(pulse.silence()).isZero();
  }

  @Test
  void aRoundThatFailedIsNoBeatAndSaysWhy() {
    nanos.addAndGet(Duration.ofSeconds(3).toNanos());
    pulse.missed(new IllegalStateException("The database is away."));
    assertThat(pulse.silence()).isEqualTo(Duration.ofSeconds(3));
    assertThat(pulse.trouble()).contains("The database is away.");
    pulse.beat();
    assertThat(pulse.trouble()).isEmpty();
  }
}
