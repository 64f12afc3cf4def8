package io.byoa.job.event;

import io.byoa.job.RawJson;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What has happened to jobs, as their rows and those of {@code job_event} tell it. */
@Singleton
class EventRepository {

  private final Instance<EntityManager> database;

  EventRepository(Instance<EntityManager> database) {
    this.database = database;
  }

  /**
   * How far a job's history has come.
   *
   * @param events how many there are
   * @param ended whether the job has ended
   */
  record Extent(long events, boolean ended) {}

  /** How far the history has come; empty when the team has no such job. */
  Optional<Extent> extent(String team, String job) {
    List<?> rows =
        database
            .get()
            .createNativeQuery(
                "SELECT events, ended_at IS NOT NULL FROM job WHERE id = :job AND team = :team",
                Object[].class)
            .setParameter("job", job)
            .setParameter("team", team)
            .getResultList();
    return rows.stream()
        .map(row -> (Object[]) row)
        .findFirst()
        .map(row -> new Extent(((Number) row[0]).longValue(), (Boolean) row[1]));
  }

  /** A job's events after a number, in order. */
  List<JobEvents.JobEvent> events(String job, long after, int limit) {
    List<?> rows =
        database
            .get()
            .createNativeQuery(
                """
                SELECT job, number, at, type, CAST(data AS text) FROM job_event
                WHERE job = :job AND number > :after ORDER BY number LIMIT :limit
                """,
                Object[].class)
            .setParameter("job", job)
            .setParameter("after", after)
            .setParameter("limit", limit)
            .getResultList();
    return rows.stream().map(row -> event((Object[]) row, 0)).toList();
  }

  /** A team's events after a place and below the oldest open transaction, in order. */
  List<JobEvents.Placed> events(String team, JobEvents.Position after, int limit) {
    List<?> rows =
        database
            .get()
            .createNativeQuery(
                """
                SELECT CAST(CAST(xid AS text) AS bigint), job, number, at, type, CAST(data AS text)
                FROM job_event
                WHERE team = :team AND (xid, job, number) > (CAST(:xid AS xid8), :job, :number)
                  AND xid < pg_snapshot_xmin(pg_current_snapshot())
                ORDER BY xid, job, number LIMIT :limit
                """,
                Object[].class)
            .setParameter("team", team)
            .setParameter("xid", Long.toString(after.transaction()))
            .setParameter("job", after.job())
            .setParameter("number", after.number())
            .setParameter("limit", limit)
            .getResultList();
    return rows.stream().map(row -> placed((Object[]) row)).toList();
  }

  private static JobEvents.Placed placed(Object[] row) {
    long xid = ((Number) row[0]).longValue();
    JobEvents.JobEvent event = event(row, 1);
    return new JobEvents.Placed(new JobEvents.Position(xid, event.job(), event.number()), event);
  }

  private static JobEvents.JobEvent event(Object[] row, int first) {
    return new JobEvents.JobEvent(
        (String) row[first],
        ((Number) row[first + 1]).longValue(),
        (Instant) row[first + 2],
        (String) row[first + 3],
        new RawJson((String) row[first + 4]));
  }

  /** The oldest transaction that may still commit. */
  long oldestOpenTransaction() {
    return ((Number)
            database
                .get()
                .createNativeQuery(
                    "SELECT CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS text) AS bigint)",
                    Long.class)
                .getSingleResult())
        .longValue();
  }
}
