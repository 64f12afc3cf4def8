package io.byoa.reconcile;

import io.byoa.job.Job;
import io.byoa.job.intake.MetricScanner;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compiled metric expressions of the versions that are training at present. */
@Singleton
class Scanners {

  private static final int KEPT = 200;

  private final OrderAssembly orders;

  private final Map<String, MetricScanner> byVersion =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, MetricScanner> eldest) {
          return size() > KEPT;
        }
      };

  Scanners(OrderAssembly orders) {
    this.orders = orders;
  }

  /** The scanner for the version that this job trains. */
  MetricScanner of(Job job) {
    String version = job.algorithm() + "@" + job.version();
    MetricScanner known = known(version);
    // Read by two at the same time rather than with everybody waiting for the database.
    return known != null ? known : kept(version, new MetricScanner(orders.metrics(job)));
  }

  private synchronized @Nullable MetricScanner known(String version) {
    return byVersion.get(version);
  }

  private synchronized MetricScanner kept(String version, MetricScanner scanner) {
    byVersion.put(version, scanner);
    return scanner;
  }
}
