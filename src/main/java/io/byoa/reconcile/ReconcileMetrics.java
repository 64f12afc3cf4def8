package io.byoa.reconcile;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** What is measured about the reconciler of this replica. */
@Singleton
class ReconcileMetrics {

  private final MeterRegistry registry;
  private final Timer succeeded;
  private final Timer failed;

  ReconcileMetrics(MeterRegistry registry, Reconciler reconciler, LeaseKeeper leases) {
    this.registry = registry;
    this.succeeded = rounds("succeeded");
    this.failed = rounds("failed");
    Tally tally = reconciler.tally();
    count("claims", "Jobs that this server took on", tally, Tally::claims);
    count("troubles", "Jobs that could not be moved and are tried again", tally, Tally::troubles);
    count(
        "fences.lost",
        "Writes refused because another server had the job",
        tally,
        Tally::fencesLost);
    count("unanswered", "Calls that an engine did not answer", tally, Tally::unansweredCalls);
    count("leases.lost", "Leases that ran out before they were renewed", leases, LeaseKeeper::lost);
  }

  /** One round, timed by how it ended. */
  <T> T round(Supplier<T> work) {
    Timer.Sample sample = Timer.start(registry);
    Timer timer = failed;
    try {
      T result = work.get();
      timer = succeeded;
      return result;
    } finally {
      sample.stop(timer);
    }
  }

  private Timer rounds(String outcome) {
    return Timer.builder("byoa.reconcile.rounds")
        .description("Rounds of the reconciler: renew, claim, follow, launch")
        .tags("outcome", outcome)
        .register(registry);
  }

  private <T> void count(String name, String description, T source, ToDoubleFunction<T> value) {
    FunctionCounter.builder("byoa.reconcile." + name, source, value)
        .description(description)
        .register(registry);
  }
}
