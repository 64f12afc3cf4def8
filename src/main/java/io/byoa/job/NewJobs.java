package io.byoa.job;

import io.agroal.api.AgroalDataSource;
import io.byoa.job.lifecycle.JobState;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Writes jobs that have just been accepted, each with its first event, in plain SQL: one statement
 * and one round trip, since a launch is answered only once it is kept. Everything later goes
 * through {@link JobJournal}.
 */
@Singleton
public class NewJobs {

  private static final String INSERT =
      """
      WITH accepted AS (
        INSERT INTO job (id, team, algorithm, version, engine, requester, request, tags,
          trace_parent, created_at, status, secondary_status, message, launch, launching,
          retries_left, history, events, log_launch, node, due_at)
        VALUES (?, ?, ?, ?, ?, ?, CAST(? AS json), CAST(? AS jsonb),
          ?, ?, ?, ?, ?, ?, ?, ?, CAST(? AS json), 1, ?, ?, now())
        RETURNING id, team, events, created_at)
      INSERT INTO job_event (job, number, team, at, type, data)
      SELECT id, events, team, created_at, 'status', CAST(? AS json) FROM accepted
      """;

  private final Instance<AgroalDataSource> database;
  private final JobRows rows;

  NewJobs(Instance<AgroalDataSource> database, JobRows rows) {
    this.database = database;
    this.rows = rows;
  }

  /**
   * Inserts a job, due at once, in the caller's transaction.
   *
   * @param node the machine that it is bound to, if it is
   */
  public void add(Job job, @Nullable String node) {
    JobState state = job.state();
    try (Connection connection = database.get().getConnection();
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      Object[] values = {
        job.id(),
        job.team(),
        job.algorithm(),
        job.version(),
        job.engine(),
        job.requester(),
        rows.write(job.request()),
        rows.write(job.request().tags()),
        job.traceParent(),
        state.createdAt().atOffset(ZoneOffset.UTC),
        state.status().word(),
        state.secondaryStatus(),
        state.message(),
        state.launch(),
        state.launching(),
        state.retriesLeft(),
        rows.write(state.history()),
        job.log().launch(),
        node,
        rows.write(JobJournal.statusData(state))
      };
      for (int i = 0; i < values.length; i++) {
        insert.setObject(i + 1, values[i]);
      }
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot write job " + job.id(), e);
    }
  }
}
