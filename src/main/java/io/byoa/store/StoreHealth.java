package io.byoa.store;

import io.byoa.common.Probe;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Whether the store does its work. A full disk is not its matter: that is told at once, and in one
 * place, by the check of the disk.
 */
@Readiness
@Singleton
final class StoreHealth implements HealthCheck {

  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Duration EVERY = Duration.ofSeconds(5);

  private final StoreConfig config;
  private final Probe probe;

  StoreHealth(StoreConfig config, ObjectStore store) {
    this.config = config;
    this.probe = new Probe(store::probe, PATIENCE, EVERY);
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
}
