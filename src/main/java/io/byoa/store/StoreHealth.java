package io.byoa.store;

import io.byoa.common.Failure;
import io.byoa.common.FailureException;
import io.byoa.common.IdSource;
import io.byoa.common.Probe;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Whether the store takes an object and lets go of it again, tried with a tiny one. A full disk is
 * not its matter: that is told at once, and in one place, by the check of the disk.
 */
@Readiness
@Singleton
final class StoreHealth implements HealthCheck {

  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Duration EVERY = Duration.ofSeconds(5);

  private final StoreConfig config;
  private final ObjectStore store;
  private final ObjectKey key;
  private final Probe probe;

  StoreHealth(StoreConfig config, ObjectStore store, IdSource ids) {
    this.config = config;
    this.store = store;
    // Replicas that share a store must not delete each other's.
    this.key = ObjectKey.of("health", ids.next());
    this.probe = new Probe(this::tryIt, PATIENCE, EVERY);
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder answer =
        HealthCheckResponse.named("Store").withData("store", config.adapter());
    Optional<String> trouble = probe.trouble();
    return trouble.isEmpty()
        ? answer.up().build()
        : answer.down().withData("reason", trouble.get()).build();
  }

  private void tryIt() throws IOException {
    try {
      store.put(key, new ByteArrayInputStream(new byte[] {1}));
    } catch (FailureException e) {
      if (e.failure() instanceof Failure.InsufficientStorage) {
        return;
      }
      throw e;
    }
    if (!store.delete(key)) {
      throw new IOException("What was stored a moment ago is not there any more.");
    }
  }
}
