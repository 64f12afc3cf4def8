package io.byoa.reconcile;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Renews this replica's lease on a thread of its own: a round lasts as long as the slowest engine
 * in it, and meanwhile nobody may take its jobs away.
 */
@Singleton
class LeaseLoop {

  private static final Logger LOG = Logger.getLogger(LeaseLoop.class);

  /** After this a renewal that failed is tried again. */
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final LeaseKeeper leases;
  private final boolean wanted;
  private final ScheduledExecutorService loop =
      Executors.newSingleThreadScheduledExecutor(
          work -> Thread.ofPlatform().daemon().name("lease").unstarted(work));

  LeaseLoop(
      LeaseKeeper leases,
      ReconcileConfig config,
      @ConfigProperty(name = "byoa.serving") boolean serving) {
    this.leases = leases;
    this.wanted = config.enabled() && serving;
  }

  void start(@Observes StartupEvent event) {
    if (wanted) {
      loop.execute(this::run);
    }
  }

  void stop(@Observes ShutdownEvent event) {
    loop.shutdownNow();
  }

  /**
   * Renews the lease if it is time.
   *
   * @return how long until it is time again
   */
  Duration runOnce() {
    return leases.keep();
  }

  private void run() {
    Duration pause = AGAIN;
    try {
      pause = runOnce();
    } catch (RuntimeException e) {
      LOG.warnf("The lease could not be renewed (%s); trying again", e.getMessage());
    }
    if (!loop.isShutdown()) {
      var _ = loop.schedule(this::run, pause.toMillis(), TimeUnit.MILLISECONDS);
    }
  }
}
