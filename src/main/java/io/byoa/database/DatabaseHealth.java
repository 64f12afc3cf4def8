package io.byoa.database;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Whether the database answers, and has a connection that a request can get. */
@Readiness
@Singleton
final class DatabaseHealth implements HealthCheck {

  private final DatabasePulse pulse;
  private final Instance<AgroalDataSource> pool;

  DatabaseHealth(DatabasePulse pulse, Instance<AgroalDataSource> pool) {
    this.pulse = pulse;
    this.pool = pool;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder answer = HealthCheckResponse.named("Database");
    Optional<String> trouble = trouble();
    return trouble.isEmpty()
        ? answer.up().build()
        : answer.down().withData("reason", trouble.get()).build();
  }

  private Optional<String> trouble() {
    Optional<Instant> silentSince = pulse.silentSince();
    if (silentSince.isPresent()) {
      return Optional.of("The database has not answered since " + silentSince.get() + ".");
    }
    // No question to it: the pulse asks, and this must not hang between two beats.
    try (Connection _ = pool.get().getConnection()) {
      return Optional.empty();
    } catch (SQLException e) {
      return Optional.of("No connection to the database can be had: " + e.getMessage());
    }
  }
}
