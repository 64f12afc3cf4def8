package io.byoa.access;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Holds tokens that are limited to some algorithms to them, on every route that changes one. */
class AlgorithmScope {

  private static final Set<String> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

  @ServerRequestFilter
  void check(ContainerRequestContext request) {
    if (READS.contains(request.getMethod())
        || !(request.getSecurityContext().getUserPrincipal() instanceof Caller caller)) {
      return;
    }
    String algorithm = request.getUriInfo().getPathParameters().getFirst("algorithm");
    if (algorithm != null) {
      caller.requireScope(algorithm);
    }
  }
}
