package io.byoa.engine.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.byoa.engine.local.disk.Script;
import io.byoa.engine.local.sandbox.HostView;
import io.byoa.engine.local.sandbox.SandboxChoice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long a start may take until it counts as lost. */
@SuppressWarnings("NullAway.Init") // JUnit fills the field before each test
final class ProgramRunTest {

  private static final int PATIENCE = 5;

  @TempDir Path data;
  private final AtomicLong stopwatch = new AtomicLong(Long.MAX_VALUE - 10); // it may wrap

  private Programs programs() throws Exception {
    SandboxChoice choice =
        new SandboxChoice(
            HostView.of(List.of()),
            data.resolve("trial"),
            Script.install(data, "unshare.sh"),
            null);
    return new Programs(
        choice.choose("environment"),
        new Supervisor(Script.install(data, "supervisor.sh"), Duration.ofSeconds(1), 1 << 20),
        new MemoryLimit(1 << 30, Optional.empty()));
  }

  /** Looks at a program whose supervisor has left no sign yet; how many, until it was given up. */
  private int looks(Runnable meanwhile) throws Exception {
    Bell bell = new Bell();
    ProgramRun run =
        new ProgramRun(programs(), AttemptFolder.of(data.resolve("x"), 1), bell, stopwatch::get);
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

  @Test
  void losesNoProgramThatTakesLessThanThat() throws Exception {
    assertThat(looks(() -> stopwatch.addAndGet(Duration.ofSeconds(29).toNanos())))
        .isGreaterThan(PATIENCE);
  }

  @Test
  void givesAStartUpThatTakesHalfAMinute() throws Exception {
    assertThat(looks(() -> stopwatch.addAndGet(Duration.ofSeconds(31).toNanos()))).isEqualTo(2);
  }
}
