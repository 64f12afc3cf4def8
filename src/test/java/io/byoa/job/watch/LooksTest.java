package io.byoa.job.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How many looks changes are worth. */
final class LooksTest {

  private final Queue<Runnable> workers = new ArrayDeque<>();
  private final AtomicInteger looks = new AtomicInteger();

  private void work() {
    while (!workers.isEmpty()) {
      workers.remove().run();
    }
  }

  @Test
  void manyChangesBeforeALookAreWorthOne() {
    Looks some = new Looks(workers::add, looks::incrementAndGet);
    some.again();
    some.again();
    some.again();
    assertThat(workers).hasSize(1);
    work();
    assertThat(looks).hasValue(1);
    some.again();
    work();
    assertThat(looks).hasValue(2);
  }

  @Test
  void changesDuringALookAreWorthOneMoreAfterIt() {
    Runnable[] change = new Runnable[1];
    AtomicInteger atOnce = new AtomicInteger();
    Looks some =
        new Looks(
            workers::add,
            () -> {
              assertThat(atOnce.incrementAndGet()).isEqualTo(1);
              if (looks.incrementAndGet() == 1) {
                change[0].run();
                change[0].run();
                assertThat(workers).as("no second worker").isEmpty();
              }
              atOnce.decrementAndGet();
            });
    change[0] = some::again;
    some.again();
    work();
    assertThat(looks).hasValue(2);
  }

  @Test
  void nobodyLooksAfterTheEnd() {
    Looks some = new Looks(workers::add, looks::incrementAndGet);
    some.again();
    some.close();
    work();
    assertThat(looks).hasValue(0);
  }
}
