package io.byoa.job;

import io.byoa.job.lifecycle.JobStatus;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
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

  private final JobRepository jobs;
  private final JobMetrics metrics;
  private final boolean serving;

  JobCensus(
      JobRepository jobs,
      JobMetrics metrics,
      @ConfigProperty(name = "byoa.serving") boolean serving) {
    this.jobs = jobs;
    this.metrics = metrics;
    this.serving = serving;
  }

  /**
   * Jobs that have something in common.
   *
   * @param oldest how long ago the oldest of them was accepted
   * @param overdue for how long the reconciler has owed one of them a look
   */
  record Count(
      String engine,
      JobStatus status,
      String secondaryStatus,
      long jobs,
      Duration oldest,
      Duration overdue) {}

  void start(@Observes StartupEvent event, Vertx vertx) {
    if (serving) {
      vertx.setPeriodic(
          0, EVERY.toMillis(), timer -> vertx.executeBlocking(this::runOnceQuietly, false));
    }
  }

  void runOnce() {
    metrics.counted(QuarkusTransaction.requiringNew().call(jobs::census));
  }

  private boolean runOnceQuietly() {
    try {
      runOnce();
      return true;
    } catch (RuntimeException e) {
      // Numbers that nobody can vouch for are worse than none.
      metrics.uncounted();
      LOG.debugf(e, "The jobs could not be counted");
      return false;
    }
  }
}
