package io.byoa.job.telemetry;

import io.byoa.job.lifecycle.JobStatus;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts the jobs that are not over. */
@Singleton
public class CensusRepository {

  private final Instance<EntityManager> database;

  CensusRepository(Instance<EntityManager> database) {
    this.database = database;
  }

  /**
   * Jobs that have something in common.
   *
   * @param oldest how long ago the oldest of them was accepted
   * @param overdue for how long the reconciler has owed one of them a look
   */
  public record Count(
      String engine,
      JobStatus status,
      String secondaryStatus,
      long jobs,
      Duration oldest,
      Duration overdue) {}

  /**
   * How many jobs are not over, by engine and status; reads what has work left, nothing else: each
   * part is one of the loop's partial indexes, which an index for this alone would only double. Who
   * stands in line behind its head belongs to nobody, and is owed nothing yet.
   */
  public List<Count> census() {
    List<?> rows =
        database
            .get()
            .createNativeQuery(
                """
                SELECT engine, status, secondary_status, count(*),
                  CAST(extract(epoch FROM now() - min(created_at)) AS float8),
                  CAST(extract(epoch FROM now() - min(due_at)
                    FILTER (WHERE owner IS NOT NULL OR status <> 'Queued')) AS float8)
                FROM (
                  SELECT engine, status, secondary_status, created_at, due_at, owner FROM job
                  WHERE owner IS NOT NULL AND due_at IS NOT NULL
                  UNION ALL
                  SELECT engine, status, secondary_status, created_at, due_at, owner FROM job
                  WHERE owner IS NULL AND status = 'Queued' AND due_at IS NOT NULL
                  UNION ALL
                  SELECT engine, status, secondary_status, created_at, due_at, owner FROM job
                  WHERE owner IS NULL AND status <> 'Queued' AND due_at IS NOT NULL) AS open
                GROUP BY engine, status, secondary_status
                """,
                Object[].class)
            .getResultList();
    return rows.stream().map(row -> count((Object[]) row)).toList();
  }

  private static Count count(Object[] row) {
    return new Count(
        (String) row[0],
        JobStatus.of((String) row[1]).orElseThrow(),
        (String) row[2],
        ((Number) row[3]).longValue(),
        seconds(row[4]),
        seconds(row[5]));
  }

  private static Duration seconds(@Nullable Object number) {
    return number == null
        ? Duration.ZERO
        : Duration.ofMillis(Math.max(0, (long) (((Number) number).doubleValue() * 1000)));
  }
}
