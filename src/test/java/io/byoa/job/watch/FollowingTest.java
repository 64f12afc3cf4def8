package io.byoa.job.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What grows is told once and in order, whatever the timers do. */
@Timeout(60)
final class FollowingTest {

  private static final int ITEMS = 5_000;

  // A time limit that comes just too late is dropped, which Mutiny tells of each time.
  @BeforeAll
  static void beSilentAboutTimeLimits() {
    Infrastructure.setDroppedExceptionHandler(
        dropped -> assertThat(dropped).isInstanceOf(TimeoutException.class));
  }

  @AfterAll
  static void tellAgain() {
    Infrastructure.resetDroppedExceptionHandler();
  }

  /**
   * The time limit is so short that it ends about when a read does, thousands of times: a batch
   * that comes too late has to be read again.
   */
  @Test
  void losesNothingWhenABatchComesJustAsTheTimeIsOver() {
    Following following = new Following(new JobWatch(), Duration.ofNanos(1));
    Random delays = new Random(7);
    List<Integer> told =
        following
            .job(
                "job",
                0,
                (Integer position) -> {
                  long until = System.nanoTime() + delays.nextInt(60_000);
                  while (System.nanoTime() < until) {
                    Thread.onSpinWait();
                  }
                  int next = position + 1;
                  return new Following.Batch<>(List.of(position), next, next == ITEMS);
                })
            .collect()
            .asList()
            .await()
            .indefinitely();
    assertThat(told).isEqualTo(IntStream.range(0, ITEMS).boxed().toList());
  }

  @Test
  void anEmptyBatchThatMovesOnIsFollowedByTheNext() {
    JobWatch watch = new JobWatch();
    Following following = new Following(watch, Duration.ofSeconds(50));
    List<List<String>> batches =
        following
            .batches(
                "job",
                0,
                (Integer position) ->
                    switch (position) {
                      case 0 -> new Following.Batch<>(List.<String>of(), 1, false);
                      case 1 -> new Following.Batch<>(List.of("a"), 2, false);
                      default -> new Following.Batch<>(List.of("b", "c"), 2, true);
                    })
            .map(Following.Batch::items)
            .collect()
            .asList()
            .await()
            .indefinitely();
    assertThat(batches).containsExactly(List.of(), List.of("a"), List.of("b", "c"));
  }
}
