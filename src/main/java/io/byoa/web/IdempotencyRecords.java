package io.byoa.web;

import io.byoa.common.Sha256;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The table of kept answers, in plain SQL: two short statements for a request with a key, none
 * without.
 */
record IdempotencyRecords(DataSource database) {

  static final String LOCK_NOT_AVAILABLE = "55P03";

  private static final HexFormat HEX = HexFormat.of();

  // The limit on waiting is set by the statement that may wait: one round trip instead of two. It
  // lasts until the end of the transaction, where ten seconds for a lock are plenty anyway.
  private static final String CLAIM =
      """
      insert into idempotency as kept (scope, key, body)
      select ?, ?, ? from (select set_config('lock_timeout', '10s', true) offset 0) as patience
      on conflict (team, scope, key) do update
        set body = excluded.body, status = null, headers = null, answer = null, created_at = now()
        where kept.created_at < now() - interval '24 hours'
      """;

  private static final String COMPLETE =
      """
      update idempotency set status = ?, headers = ?::json, answer = ?
      where team = 'default' and scope = ? and key = ?
      """;

  private static final String FIND =
      """
      select body, status, headers, answer from idempotency
      where team = 'default' and scope = ? and key = ?
      """;

  private static final String PURGE =
      """
      delete from idempotency where ctid = any (array(
        select ctid from idempotency where created_at < now() - interval '24 hours'
        limit ? for update skip locked))
      """;

  /**
   * What was kept.
   *
   * @param bodyHex the SHA-256 of the request's body
   */
  record Kept(String bodyHex, int status, String headers, String answer) {}

  /**
   * Makes the key this transaction's. Waits for a transaction that has made it its own, up to ten
   * seconds, then fails with {@link #LOCK_NOT_AVAILABLE}; false when that one has succeeded.
   */
  boolean claim(IdempotencyKey.Scoped key, Sha256 body) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(CLAIM)) {
      statement.setBytes(1, HEX.parseHex(key.scope().hex()));
      statement.setString(2, key.key());
      statement.setBytes(3, HEX.parseHex(body.hex()));
      return statement.executeUpdate() == 1;
    }
  }

  void complete(IdempotencyKey.Scoped key, int status, String headers, String answer)
      throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(COMPLETE)) {
      statement.setInt(1, status);
      statement.setString(2, headers);
      statement.setString(3, answer);
      statement.setBytes(4, HEX.parseHex(key.scope().hex()));
      statement.setString(5, key.key());
      statement.executeUpdate();
    }
  }

  Optional<Kept> find(IdempotencyKey.Scoped key) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(FIND)) {
      statement.setBytes(1, HEX.parseHex(key.scope().hex()));
      statement.setString(2, key.key());
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Kept(
                    HEX.formatHex(row.getBytes("body")),
                    row.getInt("status"),
                    row.getString("headers"),
                    row.getString("answer")))
            : Optional.empty();
      }
    }
  }

  /** Deletes up to so many expired records; how many it were. */
  int purge(int most) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(PURGE)) {
      statement.setInt(1, most);
      return statement.executeUpdate();
    }
  }
}
