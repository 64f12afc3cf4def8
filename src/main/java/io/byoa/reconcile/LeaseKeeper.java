package io.byoa.reconcile;

import io.byoa.job.claim.ClaimRepository;
import io.byoa.job.claim.Lease;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Holds this replica's lease. Renewed when its time has come, by whoever works under it and by
 * {@link LeaseLoop} beside them; once lost, a new one begins and the replica starts over with what
 * it can claim then.
 */
final class LeaseKeeper {

  private static final Logger LOG = Logger.getLogger(LeaseKeeper.class);

  /**
   * For how long the lease is kept for work of which nothing is heard: longer than any call of an
   * engine takes, its own retries included. Whoever hangs for good must not keep its jobs.
   */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final ClaimRepository claims;
  private final String replica;
  private final String node;
  private final Duration length;
  private final Duration renewal;
  private final LongSupplier nanoTime;
  private @Nullable Lease lease;
  private long renewedAt;
  private long heardAt;
  private final AtomicLong lost = new AtomicLong();

  LeaseKeeper(
      ClaimRepository claims,
      String replica,
      String node,
      Duration length,
      Duration renewal,
      LongSupplier nanoTime) {
    this.claims = claims;
    this.replica = replica;
    this.node = node;
    this.length = length;
    this.renewal = renewal;
    this.nanoTime = nanoTime;
  }

  String node() {
    return node;
  }

  /** The lease, renewed when it is time, or a new one when it was lost. */
  synchronized Lease current() {
    heardAt = nanoTime.getAsLong();
    Lease held = lease;
    if (held == null || !holds(held)) {
      held = claims.begin(replica, node, length);
      lease = held;
      renewedAt = nanoTime.getAsLong();
    }
    return held;
  }

  /**
   * Whether this is the lease that we still have; renews it when it is time. Whoever moves a job
   * asks before. Only elapsed time is measured here, never a clock.
   */
  synchronized boolean holds(Lease some) {
    heardAt = nanoTime.getAsLong();
    return some.equals(lease) && (untilRenewal().isPositive() || renewed(some));
  }

  /**
   * Renews the lease when it is time, however long the work under it takes. Not without end: a
   * lease under which nobody has moved anything for minutes is left to run out.
   *
   * @return how long until it is time again
   */
  synchronized Duration keep() {
    Lease held = lease;
    if (held == null || nanoTime.getAsLong() - heardAt > PATIENCE.toNanos()) {
      return renewal;
    }
    Duration left = untilRenewal();
    if (left.isPositive()) {
      return left;
    }
    boolean ignored = renewed(held); // Once lost, the next round begins a new one.
    return renewal;
  }

  private Duration untilRenewal() {
    return renewal.minusNanos(nanoTime.getAsLong() - renewedAt);
  }

  private boolean renewed(Lease some) {
    long now = nanoTime.getAsLong();
    if (!claims.renew(some, length)) {
      lost.incrementAndGet();
      LOG.warnf("The lease of %s ran out; another replica may have taken over its jobs", replica);
      lease = null;
      return false;
    }
    renewedAt = now;
    return true;
  }

  /** How many leases have run out so far; answered at once, whatever the database does. */
  long lost() {
    return lost.get();
  }

  /** Hands the lease back. */
  synchronized void release() {
    if (lease != null) {
      claims.end(lease);
      lease = null;
    }
  }
}
