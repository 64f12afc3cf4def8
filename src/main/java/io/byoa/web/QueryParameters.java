package io.byoa.web;

import io.byoa.common.Nearest;
import io.byoa.common.Violation;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MultivaluedMap;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jboss.resteasy.reactive.RestQuery;

/**
 * The query parameters that a resource method knows: its own and those of its bean parameters.
 *
 * @param byName name → how its values are read
 */
record QueryParameters(Map<String, QueryType> byName) {

  /** What the method declares, found by reflection; worth keeping. */
  static QueryParameters of(Method method) {
    Map<String, QueryType> found = new TreeMap<>();
    for (Parameter parameter : method.getParameters()) {
      add(found, parameter, parameter.getName(), QueryType.of(parameter.getParameterizedType()));
      if (parameter.isAnnotationPresent(BeanParam.class)) {
        addBean(found, parameter.getType());
      }
    }
    return new QueryParameters(found);
  }

  private static void addBean(Map<String, QueryType> found, Class<?> bean) {
    if (bean.isRecord()) {
      for (RecordComponent component : bean.getRecordComponents()) {
        QueryType type = QueryType.of(component.getGenericType());
        add(found, component.getAccessor(), component.getName(), type);
        add(found, component, component.getName(), type);
      }
    }
    for (Class<?> type = bean; type != null && type != Object.class; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        add(found, field, field.getName(), QueryType.of(field.getGenericType()));
        if (field.isAnnotationPresent(BeanParam.class)) {
          addBean(found, field.getType());
        }
      }
    }
  }

  private static void add(
      Map<String, QueryType> found, AnnotatedElement element, String name, QueryType type) {
    QueryParam standard = element.getAnnotation(QueryParam.class);
    if (standard != null) {
      found.put(standard.value(), type);
    }
    RestQuery ours = element.getAnnotation(RestQuery.class);
    if (ours != null) {
      found.put(ours.value().isEmpty() ? name : ours.value(), type);
    }
  }

  /** Everything that is wrong with a request's query; empty when all is well. */
  List<Violation> check(MultivaluedMap<String, String> query) {
    if (query.isEmpty()) {
      return List.of();
    }
    List<Violation> violations = new ArrayList<>();
    query.forEach((name, values) -> {
      QueryType type = byName.get(name);
      if (type == null) {
        violations.add(new Violation("?" + name, unknown(name, byName.keySet())));
      } else if (values.size() > 1 && !type.repeatable()) {
        violations.add(
            new Violation("?" + name, "Given " + values.size() + " times; give it once."));
      } else {
        for (String value : values) {
          Optional<String> refusal = type.refusal(value);
          refusal.ifPresent(why -> violations.add(new Violation("?" + name, why)));
        }
      }
    });
    return violations;
  }

  private static String unknown(String name, Collection<String> known) {
    String hint = Nearest.endOfSentence(name, known);
    return "Unknown parameter '%s'%s %s"
        .formatted(
            name,
            hint,
            known.isEmpty()
                ? "This route takes no query parameters."
                : "This route takes: " + String.join(", ", known) + ".");
  }
}
