package io.byoa.web;

import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.handlers.ClassRoutingHandler;
import org.jboss.resteasy.reactive.server.handlers.RestInitialHandler;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper;
import org.jboss.resteasy.reactive.server.spi.ServerRestHandler;
import org.jspecify.annotations.Nullable;

/**
 * The methods that the route of the current request takes.
 *
 * <p>RFC 9110 section 15.5.6 wants them named in a 405, and Quarkus REST does not; so its own route
 * table is asked again.
 */
final class AllowedMethods {

  private AllowedMethods() {}

  /** In alphabetical order; empty when the route table has no such route. */
  static SortedSet<String> ofCurrentRequest() {
    SortedSet<String> methods = new TreeSet<>();
    ResteasyReactiveRequestContext request = CurrentRequestManager.get();
    if (request == null) {
      return methods;
    }
    // Several resource classes may share an address, each with some of its methods.
    for (RequestMapper.RequestPath<RestInitialHandler.InitialMatch> each :
        request.getDeployment().getClassMappers()) {
      var resource =
          new RequestMapper<>(new ArrayList<>(List.of(each))).map(request.getPathWithoutPrefix());
      if (resource != null) {
        addMethods(resource, methods);
      }
    }
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    return methods;
  }

  /** Whether another method would find a route where the current request finds none. */
  static boolean lackOnlyThatOfCurrentRequest() {
    ResteasyReactiveRequestContext request = CurrentRequestManager.get();
    if (request == null) {
      return false;
    }
    SortedSet<String> methods = ofCurrentRequest();
    return !methods.isEmpty() && !methods.contains(request.getMethod());
  }

  /** The media types that the route of this request's method takes; null when it does not tell. */
  static @Nullable List<MediaType> consumed(ResteasyReactiveRequestContext request) {
    for (RequestMapper.RequestPath<RestInitialHandler.InitialMatch> each :
        request.getDeployment().getClassMappers()) {
      var resource =
          new RequestMapper<>(new ArrayList<>(List.of(each))).map(request.getPathWithoutPrefix());
      if (resource == null) {
        continue;
      }
      String remaining = resource.remaining.isEmpty() ? "/" : resource.remaining;
      for (ServerRestHandler handler : resource.value.handlers) {
        if (handler instanceof ClassRoutingHandler routing) {
          var routes = routing.getMappers().get(request.getMethod());
          var route = routes == null ? null : routes.map(remaining);
          if (route != null) {
            return route.value.getConsumes();
          }
        }
      }
    }
    return null;
  }

  private static void addMethods(
      RequestMapper.RequestMatch<RestInitialHandler.InitialMatch> resource,
      SortedSet<String> methods) {
    String remaining = resource.remaining.isEmpty() ? "/" : resource.remaining;
    for (ServerRestHandler handler : resource.value.handlers) {
      if (handler instanceof ClassRoutingHandler routing) {
        routing
            .getMappers()
            .forEach((method, routes) -> {
              if (method != null && routes.map(remaining) != null) {
                methods.add(method);
              }
            });
      }
    }
  }
}
