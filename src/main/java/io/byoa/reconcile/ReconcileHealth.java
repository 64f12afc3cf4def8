package io.byoa.reconcile;

import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Whether this replica moves jobs: its loop got through a round lately. */
@Readiness
@Singleton
final class ReconcileHealth implements HealthCheck {

  private final Pulse pulse;
  private final ReconcileConfig config;
  private final boolean serving;

  ReconcileHealth(
      Pulse pulse, ReconcileConfig config, @ConfigProperty(name = "byoa.serving") boolean serving) {
    this.pulse = pulse;
    this.config = config;
    this.serving = serving;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder answer = HealthCheckResponse.named("Reconciler");
    if (!config.enabled() || !serving) {
      return answer.up().withData("note", "Switched off here; other replicas move jobs.").build();
    }
    Duration silence = pulse.silence();
    if (silence.compareTo(config.stalled()) < 0) {
      return answer.up().build();
    }
    return answer
        .down()
        .withData(
            "reason",
            "No round has succeeded for %d seconds: %s"
                .formatted(
                    silence.toSeconds(), pulse.trouble().orElse("the last one is still at work.")))
        .build();
  }
}
