package io.byoa.engine.local.process;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes the driver of a launch before its next regular look. */
public final class Bell {

  private final Semaphore rings = new Semaphore(0);

  /** Wakes whoever waits, or waits next. */
  public void ring() {
    rings.release();
  }

  /** Returns when somebody has rung since the last call, at the latest after this time. */
  public void await(Duration atMost) throws InterruptedException {
    if (rings.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      rings.drainPermits();
    }
  }
}
