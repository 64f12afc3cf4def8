package io.byoa.upkeep;

import io.agroal.api.AgroalDataSource;
import io.byoa.common.Chore;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Whose turn a chore is, kept in the database; only its clock counts. */
@Singleton
class Turns {

  private static final String TAKE =
      """
      insert into chore (name, due_at) values (?, now() + make_interval(secs => ?))
      on conflict (name) do update set due_at = excluded.due_at where chore.due_at <= now()
      """;

  private final Instance<AgroalDataSource> database;

  Turns(Instance<AgroalDataSource> database) {
    this.database = database;
  }

  /**
   * Takes the turn if it has come; nobody else gets one until the next. Whoever dies on it leaves
   * the rest of the work to that one.
   */
  boolean take(Chore chore) throws SQLException {
    try (Connection connection = database.get().getConnection();
        PreparedStatement statement = connection.prepareStatement(TAKE)) {
      statement.setString(1, chore.name());
      statement.setDouble(2, chore.every().toMillis() / 1000.0);
      return statement.executeUpdate() == 1;
    }
  }
}
