package io.byoa.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.byoa.access.Caller;
import io.byoa.common.IdSource;
import io.byoa.common.Sha256;
import io.byoa.engine.Outputs;
import io.byoa.job.claim.Lease;
import io.byoa.job.intake.MetricCount;
import io.byoa.job.lifecycle.History;
import io.byoa.job.lifecycle.JobState;
import io.byoa.job.lifecycle.JobStatus;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Jobs that are written straight into the tables, for tests of what comes after a job. */
@Singleton
public class WrittenJobs {

  private final NewJobs fresh;
  private final JobRepository jobs;
  private final JobRows rows;
  private final IdSource ids;
  private final Instance<AgroalDataSource> database;

  WrittenJobs(
      NewJobs fresh,
      JobRepository jobs,
      JobRows rows,
      IdSource ids,
      Instance<AgroalDataSource> database) {
    this.fresh = fresh;
    this.jobs = jobs;
    this.rows = rows;
    this.ids = ids;
    this.database = database;
  }

  /** A job that was launched, and if its status is a terminal one, ended, at this time; its id. */
  public String write(String id, JobStatus status, Instant at, @Nullable Outputs outputs) {
    JobState state =
        new JobState(
            status,
            status.word(),
            "Written by a test.",
            1,
            false,
            2,
            new History(List.of(), List.of(), 0, 0, List.of()),
            at,
            at,
            status.terminal() ? at : null,
            null,
            outputs,
            null);
    JobRequest request =
        new JobRequest(
            Sha256.of("").hex(),
            new TreeMap<>(),
            new TreeMap<>(),
            List.of("ml.m5.large"),
            1,
            10,
            60,
            null,
            2,
            false,
            new TreeMap<>(),
            List.of());
    Job job =
        new Job(
            id,
            Caller.DEFAULT_TEAM,
            "files",
            "1.0.0",
            "none-of-ours",
            "token:test",
            request,
            state,
            Map.of("accuracy", new Job.MetricValue(0.5, at)),
            null,
            Job.LogPosition.START,
            null,
            null,
            1);
    QuarkusTransaction.requiringNew()
        .run(() -> {
          fresh.add(job, null);
          JobEntity row = jobs.findById(id);
          rows.put(state, row);
          row.metrics = rows.write(job.metrics());
          row.logDone = status.terminal();
          row.dueInSeconds = null;
        });
    return id;
  }

  /** The same under a new id. */
  public String write(JobStatus status, Instant at, @Nullable Outputs outputs) {
    return write(ids.next(), status, at, outputs);
  }

  /** Gives a job these lines of output. */
  public void log(String job, int chunks, String line) {
    QuarkusTransaction.requiringNew()
        .run(() -> {
          JobEntity row = jobs.findById(job);
          for (int i = 0; i < chunks; i++) {
            JobLogEntity chunk = new JobLogEntity();
            chunk.key = new JobLogEntity.Key(job, ++row.logLines);
            chunk.lines = 1;
            chunk.content = (line + "\n").getBytes(StandardCharsets.UTF_8);
            chunk.time = row.createdAt;
            jobs.add(chunk);
          }
        });
  }

  /** Gives a job a long log: so many chunks of one content, made by the database. */
  public void log(String job, int chunks, byte[] content, int linesOfIt) {
    update(
        """
        WITH lengthened AS (
          UPDATE job SET log_lines = log_lines + CAST(? AS bigint) * ? WHERE id = ?
          RETURNING id, log_lines, created_at)
        INSERT INTO job_log (job, first_line, lines, content, at)
        SELECT id, log_lines - i * CAST(? AS bigint) + 1, ?, ?, created_at
        FROM lengthened, generate_series(1, ?) AS i
        """,
        chunks,
        linesOfIt,
        job,
        linesOfIt,
        linesOfIt,
        content,
        chunks);
  }

  /** Gives a job so many points of a metric, one a line: 0, 1, 2 and so on. */
  public void metric(String job, String name, int points) {
    update(
        """
        INSERT INTO job_metric (job, name, line, value, at)
        SELECT id, ?, i, i - 1, created_at FROM job, generate_series(1, ?) AS i WHERE id = ?
        """,
        name,
        points,
        job);
    MetricCount count = new MetricCount(points, points);
    update(
        """
        UPDATE job SET series =
          CAST(CAST(series AS jsonb) || jsonb_build_object(?, CAST(? AS jsonb)) AS json)
        WHERE id = ?
        """,
        name,
        rows.write(count),
        job);
  }

  /** Claims a job as a replica would, for an hour. */
  public Lease claimed(String job) {
    String owner = "owner-of-" + job;
    update(
        "INSERT INTO lease (replica, epoch, node, expires_at) VALUES (?, 1, 'a node', now() + interval '1 hour')",
        owner);
    update("UPDATE job SET owner = ?, owner_epoch = 1 WHERE id = ?", owner, job);
    return new Lease(owner, 1);
  }

  /** Says of a job that its log and files have expired. */
  public void expire(String job) {
    update("UPDATE job SET expired_at = now(), revision = revision + 1 WHERE id = ?", job);
  }

  /** Ends a job. */
  public void end(String job) {
    update("UPDATE job SET status = 'Completed', ended_at = now() WHERE id = ?", job);
  }

  /** Adds an event to a job's history. */
  public void event(String job) {
    update(
        """
        WITH counted AS (
          UPDATE job SET events = events + 1 WHERE id = ? RETURNING id, team, events)
        INSERT INTO job_event (job, number, team, at, type, data)
        SELECT id, events, team, now(), 'status', '{}' FROM counted
        """,
        job);
  }

  /** How many chunks a job's log has. */
  public int chunks(String job) {
    try (Connection connection = database.get().getConnection();
        PreparedStatement select =
            connection.prepareStatement("SELECT count(*) FROM job_log WHERE job = ?")) {
      select.setString(1, job);
      try (ResultSet rows = select.executeQuery()) {
        assertThat(rows.next()).isTrue();
        return rows.getInt(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void update(String sql, Object... values) {
    try (Connection connection = database.get().getConnection();
        PreparedStatement update = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        update.setObject(i + 1, values[i]);
      }
      assertThat(update.executeUpdate()).isPositive();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
