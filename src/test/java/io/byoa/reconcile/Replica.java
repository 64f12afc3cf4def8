package io.byoa.reconcile;

import io.byoa.engine.LaunchName;
import io.byoa.job.claim.Lease;
import io.byoa.testing.Mapped;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** One replica of the loop, stepped by hand; time passes for it when the test says so. */
final class Replica {

  final String name;
  private final AtomicLong nanos = new AtomicLong();
  private final LeaseKeeper keeper;
  private final LeaseLoop keeping;
  private final Reconciler reconciler;

  Replica(String name, Stepping parts, Map<String, String> settings) {
    this.name = name;
    ReconcileConfig config = config(settings);
    this.keeper =
        new LeaseKeeper(
            parts.claims, name, "node-of-" + name, config.lease(), config.renew(), nanos::get);
    this.keeping = new LeaseLoop(keeper, config, true);
    this.reconciler =
        new Reconciler(parts.claims, parts.journal, parts.follower, parts.launches, keeper, config);
  }

  /** The settings with these changed, by names without their prefix. */
  static ReconcileConfig config(Map<String, String> settings) {
    Map<String, String> properties = new HashMap<>();
    settings.forEach((name, value) -> properties.put("byoa.reconcile." + name, value));
    return Mapped.of(ReconcileConfig.class, properties);
  }

  /** One round; how long it wants to sleep. */
  Duration round() {
    return reconciler.runOnce();
  }

  void rounds(int count) {
    for (int i = 0; i < count; i++) {
      round();
    }
  }

  void hurry(LaunchName launch) {
    reconciler.hurry(launch);
  }

  /** Its lease, begun if there was none. */
  Lease lease() {
    return keeper.current();
  }

  /** Its loop for the lease comes by, whatever the round is at. */
  void keepsItsLease() {
    keeping.runOnce();
  }

  /** Hands the lease back, as a graceful stop does. */
  void release() {
    keeper.release();
  }

  /** Its monotonic clock goes on. */
  void later(Duration by) {
    nanos.addAndGet(by.toNanos());
  }
}
