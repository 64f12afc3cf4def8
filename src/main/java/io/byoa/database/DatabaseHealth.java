package io.byoa.database;

import io.agroal.api.AgroalDataSource;
import io.byoa.common.Probe;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Whether the database answers, asked in a way that does not hang when it does. */
@Readiness
@Singleton
final class DatabaseHealth implements HealthCheck {

  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Duration EVERY = Duration.ofSeconds(1);

  private final Instance<AgroalDataSource> database;
  private final Probe probe;

  DatabaseHealth(Instance<AgroalDataSource> database) {
    this.database = database;
    this.probe = new Probe(this::ask, PATIENCE, EVERY);
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder answer = HealthCheckResponse.named("Database");
    Optional<String> trouble = probe.trouble();
    return trouble.isEmpty()
        ? answer.up().build()
        : answer.down().withData("reason", trouble.get()).build();
  }

  private void ask() throws SQLException {
    try (Connection connection = database.get().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("SELECT 1");
    }
  }
}
