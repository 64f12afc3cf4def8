package io.byoa.web;

import io.byoa.common.Failure;
import io.byoa.common.Violation;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses query parameters that a route does not know, cannot read, or was given too often. */
final class StrictQuery {

  private final Map<Method, QueryParameters> known = new ConcurrentHashMap<>();

  @ServerRequestFilter
  void check(ResourceInfo resource, UriInfo uri) {
    if (uri.getRequestUri().getRawQuery() == null) {
      return;
    }
    List<Violation> violations =
        known
            .computeIfAbsent(resource.getResourceMethod(), QueryParameters::of)
            .check(uri.getQueryParameters());
    if (!violations.isEmpty()) {
      throw new Failure.Malformed(
              "parameters-invalid",
              violations.size() == 1
                  ? violations.getFirst().detail()
                  : violations.size() + " query parameters are wrong; 'errors' lists them.",
              violations)
          .raise();
    }
  }
}
