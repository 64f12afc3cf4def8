package io.byoa.job.claim;

import io.agroal.api.AgroalDataSource;
import io.byoa.common.Chore;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Forgets leases that ran out days ago and that no job with work left names. Their epochs are not
 * given out again: whoever slept for so long still finds that its lease is gone.
 */
@Singleton
final class LeaseLeftovers implements Chore {

  /** No lease begins meanwhile, so that none begins without knowing of the ones forgotten. */
  private static final String ALONE = "LOCK TABLE lease IN SHARE ROW EXCLUSIVE MODE";

  private static final String FORGET =
      """
      WITH forgotten AS (
        DELETE FROM lease WHERE expires_at < now() - interval '7 days'
          AND NOT EXISTS (
            SELECT FROM job WHERE job.owner = lease.replica AND job.owner IS NOT NULL
              AND job.due_at IS NOT NULL)
        RETURNING epoch),
      kept AS (
        INSERT INTO lease_forgotten (epoch)
        SELECT max(epoch) FROM forgotten HAVING count(*) > 0
        ON CONFLICT (one)
          DO UPDATE SET epoch = greatest(lease_forgotten.epoch, excluded.epoch))
      SELECT count(*) FROM forgotten
      """;

  private final Instance<AgroalDataSource> database;

  LeaseLeftovers(Instance<AgroalDataSource> database) {
    this.database = database;
  }

  @Override
  public String name() {
    return "lease-leftovers";
  }

  @Override
  public Duration every() {
    return Duration.ofDays(1);
  }

  @Override
  public int runOnce() throws SQLException {
    try (Connection connection = database.get().getConnection()) {
      connection.setAutoCommit(false);
      try (PreparedStatement alone = connection.prepareStatement(ALONE);
          PreparedStatement forget = connection.prepareStatement(FORGET)) {
        alone.execute();
        try (ResultSet row = forget.executeQuery()) {
          row.next();
          int forgotten = row.getInt(1);
          connection.commit();
          return forgotten;
        }
      } finally {
        connection.rollback(); // Nothing, once it is committed.
        connection.setAutoCommit(true);
      }
    }
  }
}
