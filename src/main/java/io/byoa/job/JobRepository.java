package io.byoa.job;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.byoa.job.lifecycle.JobStatus;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hibernate.jpa.HibernateHints;
import org.jspecify.annotations.Nullable;

/** The rows of {@code job} and {@code job_event}. */
@Singleton
class JobRepository implements PanacheRepositoryBase<JobEntity, String> {

  Optional<JobEntity> find(String team, String id) {
    return findByIdOptional(id).filter(row -> row.team.equals(team));
  }

  /** The row, locked until the transaction ends. */
  Optional<JobEntity> lock(String id) {
    return Optional.ofNullable(
        getEntityManager().find(JobEntity.class, id, LockModeType.PESSIMISTIC_WRITE));
  }

  /** The rows of these ids, oldest first. */
  List<JobEntity> all(Collection<String> ids) {
    return ids.isEmpty()
        ? List.of()
        : getEntityManager()
            .createQuery("from JobEntity j where j.id in :ids order by j.id", JobEntity.class)
            .setParameter("ids", ids)
            .setHint(HibernateHints.HINT_READ_ONLY, true)
            .getResultList();
  }

  /** A job and its revision. */
  record Listed(String id, long revision) {}

  /** Jobs that the filter lets through, newest first, after the one with this id. */
  List<Listed> list(String team, JobFilter filter, Optional<String> after, int limit) {
    StringBuilder query =
        new StringBuilder("select j.id, j.revision from JobEntity j where j.team = :team");
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("team", team);
    where(query, values, " and j.algorithm = :algorithm", "algorithm", filter.algorithm());
    where(query, values, " and j.algorithmVersion = :version", "version", filter.version());
    where(query, values, " and j.requester = :requester", "requester", filter.requester());
    where(
        query, values, " and j.createdAt >= :createdAfter", "createdAfter", filter.createdAfter());
    where(
        query,
        values,
        " and j.createdAt < :createdBefore",
        "createdBefore",
        filter.createdBefore());
    where(query, values, " and j.id < :after", "after", after.orElse(null));
    if (!filter.statuses().isEmpty()) {
      where(query, values, " and j.status in :statuses", "statuses", filter.statuses());
    }
    if (!filter.tags().isEmpty()) {
      where(
          query,
          values,
          " and cast(sql('(? @> cast(? as jsonb))', j.tags, :tags) as boolean) = true",
          "tags",
          json(filter));
    }
    query.append(" order by j.id desc");
    TypedQuery<Listed> typed =
        getEntityManager().createQuery(query.toString(), Listed.class).setMaxResults(limit);
    values.forEach(typed::setParameter);
    return typed.getResultList();
  }

  private static void where(
      StringBuilder query,
      Map<String, Object> values,
      String condition,
      String name,
      @Nullable Object value) {
    if (value != null) {
      query.append(condition);
      values.put(name, value);
    }
  }

  private static String json(JobFilter filter) {
    return JsonNodeFactory.instance
        .objectNode()
        .setAll(
            filter.tags().entrySet().stream()
                .collect(
                    Collectors.toMap(
                        Map.Entry::getKey,
                        tag -> JsonNodeFactory.instance.textNode(tag.getValue()))))
        .toString();
  }

  /** A job's events after a number, in order. */
  List<JobEventEntity> events(String job, long after, int limit) {
    return getEntityManager()
        .createQuery(
            "from JobEventEntity e where e.key.job = :job and e.key.number > :after"
                + " order by e.key.number",
            JobEventEntity.class)
        .setParameter("job", job)
        .setParameter("after", after)
        .setMaxResults(limit)
        .setHint(HibernateHints.HINT_READ_ONLY, true)
        .getResultList();
  }

  /** A team's events after a place and below the oldest open transaction, in order. */
  List<JobEvents.Placed> events(String team, JobEvents.Position after, int limit) {
    List<?> rows =
        getEntityManager()
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
    String job = (String) row[1];
    long number = ((Number) row[2]).longValue();
    return new JobEvents.Placed(
        new JobEvents.Position(xid, job, number),
        new JobEvents.JobEvent(
            job, number, (Instant) row[3], (String) row[4], new RawJson((String) row[5])));
  }

  /** The oldest transaction that may still commit. */
  long oldestOpenTransaction() {
    return ((Number)
            getEntityManager()
                .createNativeQuery(
                    "SELECT CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS text) AS bigint)",
                    Long.class)
                .getSingleResult())
        .longValue();
  }

  /**
   * How many jobs are not over, by engine and status; reads what has work left, nothing else: each
   * part is one of the loop's partial indexes, which an index for this alone would only double. Who
   * stands in line behind its head belongs to nobody, and is owed nothing yet.
   */
  List<JobCensus.Count> census() {
    List<?> rows =
        getEntityManager()
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

  private static JobCensus.Count count(Object[] row) {
    return new JobCensus.Count(
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

  void add(JobEventEntity event) {
    getEntityManager().persist(event);
  }

  void add(JobLogEntity chunk) {
    getEntityManager().persist(chunk);
  }
}
