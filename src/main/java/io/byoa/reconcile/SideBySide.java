package io.byoa.reconcile;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Pieces of work done at the same time, a bounded number of them, in their order. */
final class SideBySide {

  private SideBySide() {}

  /**
   * Does all of it, and returns when the last piece is done.
   *
   * @param most how many pieces are under way at any moment; each may hold a database connection
   */
  static void run(int most, Collection<? extends Runnable> pieces) {
    if (pieces.isEmpty()) {
      return;
    }
    List<? extends Future<?>> done;
    try (ExecutorService hands =
        Executors.newFixedThreadPool(most, Thread.ofVirtual().name("reconcile-", 0).factory())) {
      done = pieces.stream().map(hands::submit).toList();
    }
    for (Future<?> each : done) {
      switch (each.state() == Future.State.FAILED ? each.exceptionNow() : null) {
        case null -> {}
        case Error e -> throw e;
        case RuntimeException e -> throw e;
        case Throwable e -> throw new IllegalStateException(e);
      }
    }
  }
}
