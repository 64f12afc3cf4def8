package io.byoa.reconcile;

import io.byoa.job.ClaimRepository;
import io.byoa.job.Lease;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Holds this replica's lease. Renewed when its time has come; once lost, a new one begins and the
 * replica starts over with what it can claim then.
 */
final class LeaseKeeper {

  private static final Logger LOG = Logger.getLogger(LeaseKeeper.class);

  private final ClaimRepository claims;
  private final String replica;
  private final String node;
  private final Duration length;
  private final Duration renewal;
  private final LongSupplier nanoTime;
  private @Nullable Lease lease;
  private long renewedAt;
  private long lost;

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
    Lease held = lease;
    if (held == null || !holds(held)) {
      held = claims.begin(replica, node, length);
      lease = held;
      renewedAt = nanoTime.getAsLong();
    }
    return held;
  }

  /**
   * Whether this is the lease that we still have; renews it when it is time, so that whoever asks
   * now and then in long work does not lose it. Only elapsed time is measured here, never a clock.
   */
  synchronized boolean holds(Lease some) {
    if (!some.equals(lease)) {
      return false;
    }
    long now = nanoTime.getAsLong();
    if (now - renewedAt < renewal.toNanos()) {
      return true;
    }
    if (!claims.renew(some, length)) {
      lost++;
      LOG.warnf("The lease of %s ran out; another replica may have taken over its jobs", replica);
      lease = null;
      return false;
    }
    renewedAt = now;
    return true;
  }

  /** How many leases have run out so far. */
  synchronized long lost() {
    return lost;
  }

  /** Hands the lease back. */
  synchronized void release() {
    if (lease != null) {
      claims.end(lease);
      lease = null;
    }
  }
}
