package io.byoa.job;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;

/**
 * The revisions of jobs, in plain SQL: one round trip by the primary key, which is all that most
 * status reads need.
 */
@Singleton
class JobRevisions {

  private static final String REVISION = "SELECT revision FROM job WHERE id = ? AND team = ?";

  private final Instance<AgroalDataSource> database;

  JobRevisions(Instance<AgroalDataSource> database) {
    this.database = database;
  }

  /** The revision that a job has now; empty when the team has no such job. */
  OptionalLong of(String team, String id) {
    try (Connection connection = database.get().getConnection();
        PreparedStatement select = connection.prepareStatement(REVISION)) {
      select.setString(1, id);
      select.setString(2, team);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot read the revision of job " + id, e);
    }
  }
}
