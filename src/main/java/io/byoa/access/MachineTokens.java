package io.byoa.access;

import io.byoa.common.IdSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Admin tokens that somebody makes on the machine itself: the first start, and the command {@code
 * admin-token}. Whoever may read the data folder owns the installation anyway.
 *
 * <p>Plain JDBC, because the command runs beside the server, without an application of its own.
 * Every change happens under one advisory lock: of replicas that start together on an empty
 * database, one makes the first token.
 */
final class MachineTokens {

  private static final String MACHINE = "machine";
  private static final long LOCK = 0x62796f61_61636373L; // "byoaaccs"

  private final Connection connection;
  private final IdSource ids;
  private final InstantSource time;

  /** Works on this connection and ends its transactions; the caller closes it. */
  MachineTokens(Connection connection, IdSource ids, InstantSource time) {
    this.connection = connection;
    this.ids = ids;
    this.time = time;
  }

  /**
   * The token that this start has made; empty when the installation has had one before.
   *
   * <p>The file comes before the row: if the process dies between the two, the next start finds the
   * file and makes the row for the token in it. The other way round there would be a token that
   * nobody knows.
   */
  Optional<Token> first(AdminTokenFile file) throws SQLException, IOException {
    return locked(() -> {
      if (hasAny()) {
        return Optional.empty();
      }
      Optional<Token> left = file.read();
      Token token = left.orElseGet(() -> Token.generate(Token.Kind.ADM));
      if (left.isEmpty()) {
        file.write(token);
      }
      insert(token, "admin", "Made by the first start");
      return Optional.of(token);
    });
  }

  /**
   * One more token, under the first of the names {@code admin}, {@code admin-2}, … that is free.
   */
  Token another() throws SQLException, IOException {
    return locked(() -> {
      Token token = Token.generate(Token.Kind.ADM);
      insert(token, freeName(), "Made on the machine");
      return token;
    });
  }

  /** Whether this token lets its bearer in. */
  boolean isLive(Token token) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select 1 from token where digest = ? and revoked_at is null")) {
      query.setString(1, token.digest().hex());
      try (ResultSet row = query.executeQuery()) {
        return row.next();
      }
    }
  }

  private interface Work<T> {
    T run() throws SQLException, IOException;
  }

  private <T> T locked(Work<T> work) throws SQLException, IOException {
    connection.setAutoCommit(false);
    boolean done = false;
    try {
      try (Statement lock = connection.createStatement()) {
        lock.execute("select pg_advisory_xact_lock(" + LOCK + ")");
      }
      T result = work.run();
      connection.commit();
      done = true;
      return result;
    } finally {
      if (!done) {
        connection.rollback();
      }
      connection.setAutoCommit(true);
    }
  }

  private boolean hasAny() throws SQLException {
    try (Statement query = connection.createStatement();
        ResultSet rows = query.executeQuery("select 1 from token limit 1")) {
      return rows.next();
    }
  }

  private boolean isTaken(String name) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "select 1 from token where team = ? and name = ? and revoked_at is null")) {
      query.setString(1, Caller.DEFAULT_TEAM);
      query.setString(2, name);
      try (ResultSet row = query.executeQuery()) {
        return row.next();
      }
    }
  }

  private String freeName() throws SQLException {
    String name = "admin";
    for (int n = 2; isTaken(name); n++) {
      name = "admin-" + n;
    }
    return name;
  }

  private void insert(Token token, String name, String description) throws SQLException {
    String id = ids.next();
    OffsetDateTime now = time.instant().atOffset(ZoneOffset.UTC);
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into token (id, team, kind, name, description, role, algorithms, digest, created_by, created_at)
            values (?, ?, ?, ?, ?, ?, '{}', ?, ?, ?)\
            """)) {
      insert.setString(1, id);
      insert.setString(2, Caller.DEFAULT_TEAM);
      insert.setString(3, token.kind().word());
      insert.setString(4, name);
      insert.setString(5, description);
      insert.setString(6, Role.ADMIN.word());
      insert.setString(7, token.digest().hex());
      insert.setString(8, MACHINE);
      insert.setObject(9, now);
      insert.executeUpdate();
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into audit_event (id, team, at, actor, action, thing, details)
            values (?, ?, ?, ?, 'token.created', ?, json_build_object('id', ?::text, 'role', 'admin'))\
            """)) {
      insert.setString(1, ids.next());
      insert.setString(2, Caller.DEFAULT_TEAM);
      insert.setObject(3, now);
      insert.setString(4, MACHINE);
      insert.setString(5, name);
      insert.setString(6, id);
      insert.executeUpdate();
    }
  }
}
