package io.byoa.job.watch;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Looks at something that may have changed, for one watcher: one look at a time, and however many
 * changes come during it, they are worth one more.
 */
final class Looks implements AutoCloseable {

  private final Executor workers;
  private final Runnable look;

  /** Reasons to look since the last look that found none; the first one starts a worker. */
  private final AtomicInteger reasons = new AtomicInteger();

  private volatile boolean closed;

  /**
   * None yet.
   *
   * @param look may block; must not throw
   */
  Looks(Executor workers, Runnable look) {
    this.workers = workers;
    this.look = look;
  }

  /** Looks after this call, though not in it. */
  void again() {
    if (reasons.getAndIncrement() == 0) {
      workers.execute(this::work);
    }
  }

  private void work() {
    int seen = reasons.get();
    do {
      if (closed) {
        return;
      }
      look.run();
      seen = reasons.addAndGet(-seen);
    } while (seen > 0);
  }

  /** No look begins after this. */
  @Override
  public void close() {
    closed = true;
  }
}
