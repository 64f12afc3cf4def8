package io.byoa.job.telemetry;

import io.quarkus.narayana.jta.QuarkusTransaction;
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
 * Counts the jobs that are not over every few seconds, with one query, so that a scrape of the
 * metrics asks nothing of the database and never waits for it.
 */
@Singleton
class JobCensus {

  private static final Logger LOG = Logger.getLogger(JobCensus.class);
  private static final Duration EVERY = Duration.ofSeconds(5);

  private final CensusRepository jobs;
  private final JobMetrics metrics;
  private final boolean serving;

  /** One thread, which counts again a while after it has counted: never two counts at a time. */
  private final ScheduledExecutorService loop =
      Executors.newSingleThreadScheduledExecutor(
          work -> Thread.ofPlatform().daemon().name("job-census").unstarted(work));

  JobCensus(
      CensusRepository jobs,
      JobMetrics metrics,
      @ConfigProperty(name = "byoa.serving") boolean serving) {
    this.jobs = jobs;
    this.metrics = metrics;
    this.serving = serving;
  }

  void start(@Observes StartupEvent event) {
    if (serving) {
      var _ =
          loop.scheduleWithFixedDelay(
              this::runOnceQuietly, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  void stop(@Observes ShutdownEvent event) {
    loop.shutdownNow();
  }

  void runOnce() {
    metrics.counted(QuarkusTransaction.requiringNew().call(jobs::census));
  }

  private void runOnceQuietly() {
    try {
      runOnce();
    } catch (RuntimeException e) {
      // Numbers that nobody can vouch for are worse than none.
      metrics.uncounted();
      LOG.debugf(e, "The jobs could not be counted");
    }
  }
}
