package io.byoa.engine.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long a start may take until it counts as lost. */
@SuppressWarnings("NullAway.Init") // JUnit fills the field before each test
final class ProgramRunTest {

  private static final int PATIENCE = 5;

  @TempDir Path data;
  private final AtomicReference<Instant> clock = new AtomicReference<>(Instant.EPOCH);
  private final AtomicLong stopwatch = new AtomicLong(Long.MAX_VALUE - 10); // it may wrap

  /** Looks at a program whose supervisor has left no sign yet; how many, until it was given up. */
  private int looks(Runnable meanwhile) throws Exception {
    InstantSource time = clock::get;
    try (Workplace place = new Workplace(data, Map.of(), time)) {
      Bell bell = new Bell();
      ProgramRun run =
          new ProgramRun(
              place.machine, new AttemptFolder(data.resolve("x/attempts/1")), bell, stopwatch::get);
      int[] looks = {0};
      run.await(
          new ProgramRun.Wishes() {
            @Override
            public boolean abandoned() {
              if (looks[0] == 1) {
                meanwhile.run();
              }
              bell.ring();
              return looks[0]++ == PATIENCE;
            }

            @Override
            public boolean stop() {
              return false;
            }

            @Override
            public boolean interrupt() {
              return false;
            }

            @Override
            public void stopping() {}
          });
      return looks[0];
    }
  }

  @Test
  void losesNoProgramWhenTheClockIsSet() throws Exception {
    assertThat(looks(() -> clock.set(Instant.EPOCH.plus(Duration.ofDays(1)))))
        .isGreaterThan(PATIENCE);
  }

  @Test
  void givesAStartUpThatTakesHalfAMinute() throws Exception {
    assertThat(looks(() -> stopwatch.addAndGet(Duration.ofSeconds(31).toNanos()))).isEqualTo(2);
  }
}
