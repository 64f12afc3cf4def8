package io.byoa.access;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table {@code audit_event}. */
@Singleton
class AuditRepository implements PanacheRepositoryBase<AuditEntity, String> {

  /** The newest first, after this id; a filter that is null lets everything through. */
  List<AuditEntity> page(
      String team,
      @Nullable String actor,
      @Nullable String action,
      @Nullable String thing,
      @Nullable String after,
      int limit) {
    StringBuilder query = new StringBuilder("team = :team");
    Map<String, Object> parameters = new HashMap<>(Map.of("team", team));
    narrow(query, parameters, "actor = :actor", "actor", actor);
    narrow(query, parameters, "action = :action", "action", action);
    narrow(query, parameters, "thing = :thing", "thing", thing);
    narrow(query, parameters, "id < :after", "after", after);
    return find(query.append(" order by id desc").toString(), parameters).page(0, limit).list();
  }

  private static void narrow(
      StringBuilder query,
      Map<String, Object> parameters,
      String rule,
      String name,
      @Nullable String value) {
    if (value != null) {
      query.append(" and ").append(rule);
      parameters.put(name, value);
    }
  }
}
