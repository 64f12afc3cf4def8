package io.byoa.access;

import io.quarkus.resteasy.reactive.server.runtime.ResteasyReactiveRecorder;
import java.util.ArrayList;
import java.util.List;
import org.jboss.resteasy.reactive.server.core.Deployment;
import org.jboss.resteasy.reactive.server.handlers.ClassRoutingHandler;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper;

/** Every route that the running Quarkus REST deployment matches, read from its own route table. */
final class Routes {

  private Routes() {}

  /**
   * A route.
   *
   * @param path a template such as {@code /api/v1/jobs/{job}}
   */
  record Route(String method, String path) {

    Route {
      path = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** The path with something in the place of each parameter. */
    String example() {
      return path.replaceAll("\\{[^}]*}", "x");
    }
  }

  static List<Route> all() {
    Deployment deployment = ResteasyReactiveRecorder.getCurrentDeployment();
    List<Route> routes = new ArrayList<>();
    deployment
        .getClassMappers()
        .forEach(resource -> {
          for (var handler : resource.value.handlers) {
            if (handler instanceof ClassRoutingHandler routing) {
              routing
                  .getMappers()
                  .forEach((method, mapper) -> {
                    if (method != null) {
                      for (RequestMapper.RequestPath<?> route : mapper.getTemplates()) {
                        routes.add(
                            new Route(
                                method, resource.template.template + route.template.template));
                      }
                    }
                  });
            }
          }
        });
    return routes;
  }
}
