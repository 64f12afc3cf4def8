package io.byoa;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The fixture that every other test of the started application relies on. */
@QuarkusTest
final class EmbeddedDatabaseIT {

  @Inject DataSource database;

  @Test
  void givesEveryQuarkusTestARealPostgres() throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery("select version()")) {
      answer.next();
      assertThat(answer.getString(1)).startsWith("PostgreSQL 18");
    }
  }
}
