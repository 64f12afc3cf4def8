package io.byoa.algorithm;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * What tells whether a version has changed since it was read, in plain SQL: all that most launches
 * need to know of one.
 */
@Singleton
class VersionStamps {

  private static final String STAMP =
      "SELECT team, revision FROM algorithm_version WHERE algorithm = ? AND version = ?";

  private final Instance<AgroalDataSource> database;

  VersionStamps(Instance<AgroalDataSource> database) {
    this.database = database;
  }

  /** Whose a version is, and what counts its changes. */
  record Stamp(String team, long revision) {}

  /** The stamp that a version has now, in the caller's transaction; empty when there is none. */
  Optional<Stamp> of(VersionEntity.Key key) {
    try (Connection connection = database.get().getConnection();
        PreparedStatement select = connection.prepareStatement(STAMP)) {
      select.setString(1, key.algorithm());
      select.setString(2, key.version());
      try (ResultSet rows = select.executeQuery()) {
        return rows.next()
            ? Optional.of(new Stamp(rows.getString(1), rows.getLong(2)))
            : Optional.empty();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot read the revision of version " + key, e);
    }
  }
}
