package io.byoa.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ProbeTest {

  private static final Duration PATIENCE = Duration.ofMillis(100);
  private static final Duration EVERY = Duration.ofSeconds(5);

  private final AtomicLong nanos = new AtomicLong();

  @Test
  void saysWhatIsWrongInTheWordsOfTheException() {
    Probe probe =
        probe(() -> {
          throw new IOException("The disk is gone.");
        });

    assertThat(probe.trouble()).contains("The disk is gone.");
  }

  @Test
  void looksAgainOnlyWhenItsAnswerHasGrownOld() {
    AtomicInteger looks = new AtomicInteger();
    Probe probe = probe(looks::incrementAndGet);

    assertThat(probe.trouble()).isEmpty();
    assertThat(probe.trouble()).isEmpty();
    assertThat(looks).hasValue(1);
    nanos.addAndGet(EVERY.toNanos());
    assertThat(probe.trouble()).isEmpty();
    assertThat(looks).hasValue(2);
  }

  @Test
  void answersWhenALookHangsAndDoesNotSendAnotherAfterIt() throws Exception {
    CountDownLatch thaw = new CountDownLatch(1);
    AtomicInteger looks = new AtomicInteger();
    Probe probe =
        probe(() -> {
          looks.incrementAndGet();
          thaw.await();
        });

    assertThat(probe.trouble()).contains("No answer within 100 ms.");
    nanos.addAndGet(EVERY.toNanos());
    assertThat(probe.trouble()).contains("No answer within 100 ms.");
    assertThat(looks).hasValue(1);

    thaw.countDown();
    nanos.addAndGet(EVERY.toNanos());
    assertThat(probe.trouble()).isEmpty();
  }

  private Probe probe(Probe.Look look) {
    return new Probe(look, PATIENCE, EVERY, nanos::get);
  }
}
