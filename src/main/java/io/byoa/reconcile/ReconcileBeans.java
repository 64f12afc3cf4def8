package io.byoa.reconcile;

import io.byoa.job.claim.ClaimRepository;
import io.byoa.job.claim.Node;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** What the reconciler is made of besides its classes. */
final class ReconcileBeans {

  @Produces
  @Singleton
  LeaseKeeper leases(ClaimRepository claims, Node node, ReconcileConfig config) {
    return new LeaseKeeper(
        claims,
        config.replica().orElse(node.id()),
        node.id(),
        config.lease(),
        config.renew(),
        System::nanoTime);
  }
}
