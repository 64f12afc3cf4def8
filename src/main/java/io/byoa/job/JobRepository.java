package io.byoa.job;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
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

  void add(JobEventEntity event) {
    getEntityManager().persist(event);
  }

  void add(JobLogEntity chunk) {
    getEntityManager().persist(chunk);
  }
}
