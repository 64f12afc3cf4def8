package io.byoa.reconcile;

import io.byoa.job.Job;
import io.byoa.job.log.MetricScanner;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;

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
  synchronized MetricScanner of(Job job) {
    return byVersion.computeIfAbsent(
        job.algorithm() + "@" + job.version(), version -> new MetricScanner(orders.metrics(job)));
  }
}
