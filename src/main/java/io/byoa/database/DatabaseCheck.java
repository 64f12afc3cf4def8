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

/** Readiness needs a database that answers, and a connection to it that a request can have. */
@Readiness
@Singleton
final class DatabaseCheck implements HealthCheck {

  private final DatabasePulse pulse;
  private final Instance<AgroalDataSource> pool;

  DatabaseCheck(DatabasePulse pulse, Instance<AgroalDataSource> pool) {
    this.pulse = pulse;
    this.pool = pool;
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder answer = HealthCheckResponse.named("Database");
    Optional<Instant> silentSince = pulse.silentSince();
    if (silentSince.isPresent()) {
      return answer
          .down()
          .withData("reason", "The database has not answered since " + silentSince.get() + ".")
          .build();
    }
    // No question to it: the pulse asks, and this must not hang between two beats.
    try (Connection _ = pool.get().getConnection()) {
      return answer.up().build();
    } catch (SQLException e) {
      return answer
          .down()
          .withData("reason", "No connection to the database can be had: " + e.getMessage())
          .build();
    }
  }
}
