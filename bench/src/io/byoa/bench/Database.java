package io.byoa.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/** The embedded database of a running server, for whoever may read its data folder. */
record Database(String url, String user, String password) {

  private static final int PORT_LINE = 3;

  static Database of(Path data) {
    try {
      List<String> lines = Files.readAllLines(pidFile(data));
      return new Database(
          "jdbc:postgresql://127.0.0.1:" + lines.get(PORT_LINE).strip() + "/byoa",
          "byoa",
          Files.readString(data.resolve("postgres/password")).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The process id of the server's PostgreSQL, while it runs. */
  static Optional<Long> postmaster(Path data) {
    try {
      return Optional.of(Long.valueOf(Files.readAllLines(pidFile(data)).getFirst().strip()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Path pidFile(Path data) {
    return data.resolve("postgres/db/postmaster.pid");
  }

  /** Runs statements. */
  void execute(String... statements) {
    try (Connection connection = DriverManager.getConnection(url, user, password);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
