package io.byoa.engine.local;

import io.byoa.engine.local.sandbox.SandboxTier;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Whether this machine can start programs, and how strongly it separates them. */
@Readiness
@Singleton
final class LocalEngineHealth implements HealthCheck {

  private final Machine machine;

  LocalEngineHealth(Machine machine) {
    this.machine = machine;
  }

  @Override
  public HealthCheckResponse call() {
    SandboxTier tier = machine.sandbox().tier();
    HealthCheckResponseBuilder answer =
        HealthCheckResponse.named("Local engine")
            .withData("sandbox", tier.name() + ": " + tier.sentence())
            .withData(
                "slots",
                "%d of %d in use".formatted(machine.slots().inUse(), machine.slots().count()));
    Optional<String> trouble = trouble();
    return trouble.isEmpty()
        ? answer.up().build()
        : answer.down().withData("reason", trouble.get()).build();
  }

  private Optional<String> trouble() {
    Path jobs = machine.jobs();
    if (!Files.isDirectory(jobs) || !Files.isWritable(jobs)) {
      return Optional.of(
          "The folder of jobs, %s, is gone or cannot be written to.".formatted(jobs));
    }
    Path supervisor = Objects.requireNonNull(machine.programs().supervisor().script());
    return Files.isReadable(supervisor)
        ? Optional.empty()
        : Optional.of(
            "The supervisor's script, %s, is gone. Start BYOA again to put it back."
                .formatted(supervisor));
  }
}
