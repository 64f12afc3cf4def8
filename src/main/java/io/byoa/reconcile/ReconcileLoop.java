package io.byoa.reconcile;

import io.byoa.engine.EngineChanged;
import io.byoa.job.watch.JobChanged;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Runs the reconciler round after round, at once when something happens. */
@Singleton
class ReconcileLoop {

  private static final Logger LOG = Logger.getLogger(ReconcileLoop.class);

  /**
   * Rounds begin at least this far apart, so that a hundred launches a second are not a hundred.
   */
  private static final Duration BREATH = Duration.ofMillis(50);

  private final Reconciler reconciler;
  private final LeaseKeeper leases;
  private final ReconcileConfig config;
  private final ReconcileMetrics metrics;
  private final Pulse pulse;
  private final boolean serving;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition woken = lock.newCondition();
  private boolean signal;
  private volatile boolean stopping;
  private @Nullable Thread thread;

  ReconcileLoop(
      Reconciler reconciler,
      LeaseKeeper leases,
      ReconcileConfig config,
      ReconcileMetrics metrics,
      Pulse pulse,
      @ConfigProperty(name = "byoa.serving") boolean serving) {
    this.reconciler = reconciler;
    this.leases = leases;
    this.config = config;
    this.metrics = metrics;
    this.pulse = pulse;
    this.serving = serving;
  }

  void start(@Observes StartupEvent event) {
    if (config.enabled() && serving) {
      thread = Thread.ofPlatform().name("reconcile").start(this::run);
    }
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    Thread running = thread;
    if (running != null) {
      stopping = true;
      wake();
      running.join(Duration.ofSeconds(10));
      leases.release();
    }
  }

  void jobChanged(@Observes(during = TransactionPhase.AFTER_SUCCESS) JobChanged change) {
    if (change.work()) {
      wake();
    }
  }

  void engineChanged(@ObservesAsync EngineChanged change) {
    reconciler.hurry(change.name());
    wake();
  }

  private void wake() {
    lock.lock();
    try {
      signal = true;
      woken.signal();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    while (!stopping) {
      long begun = System.nanoTime();
      Duration pause = config.poll();
      try {
        pause = metrics.round(reconciler::runOnce);
        pulse.beat();
      } catch (RuntimeException e) {
        pulse.missed(e);
        LOG.error("A round of the reconciler failed; the next one tries again", e);
      }
      await(pause);
      breathe(BREATH.toNanos() - (System.nanoTime() - begun));
    }
  }

  /** Lets a burst of changes become one round. */
  private void breathe(long nanos) {
    if (nanos > 0 && !stopping) {
      LockSupport.parkNanos(nanos);
    }
  }

  private void await(Duration atMost) {
    lock.lock();
    try {
      long left = atMost.toNanos();
      while (!signal && left > 0) {
        left = woken.awaitNanos(left);
      }
      signal = false;
    } catch (InterruptedException e) {
      stopping = true;
    } finally {
      lock.unlock();
    }
  }
}
