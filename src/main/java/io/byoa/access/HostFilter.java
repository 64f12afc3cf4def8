package io.byoa.access;

import io.byoa.common.Failure;
import io.byoa.common.FailureException;
import io.byoa.common.StartRefused;
import io.quarkus.vertx.http.ManagementInterface;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Turns away, ahead of every route of both ports, what browsers are tricked into sending: requests
 * for a host that is not this server (421) and requests that pages of others make (403).
 */
@Singleton
class HostFilter {

  /** After the answer's headers and the form of the path, before authentication (200). */
  private static final int BEFORE_AUTHENTICATION = 9_000;

  private final HostPolicy policy;

  /**
   * The filter with the operator's hosts.
   *
   * @param allowedHosts names that this server answers for beside loopback
   */
  HostFilter(@ConfigProperty(name = "byoa.allowed-hosts") Optional<List<String>> allowedHosts) {
    try {
      this.policy = HostPolicy.parse(allowedHosts.orElse(List.of()));
    } catch (IllegalArgumentException e) {
      throw new StartRefused(String.valueOf(e.getMessage()));
    }
  }

  void onPublicPort(@Observes Filters filters) {
    filters.register(this::check, BEFORE_AUTHENTICATION);
  }

  void onManagementPort(@Observes ManagementInterface management) {
    management
        .router()
        .route()
        .order(-BEFORE_AUTHENTICATION)
        .handler(context -> {
          // Quarkus lets every page read what this port answers; ours are not on it.
          context.response().headers().remove(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN);
          check(context);
        });
  }

  private void check(RoutingContext context) {
    Failure refusal = refusal(context.request());
    if (refusal == null) {
      context.next();
    } else {
      context.fail(new FailureException(refusal));
    }
  }

  private @Nullable Failure refusal(HttpServerRequest request) {
    Authority host = HostPolicy.asked(request).orElse(null);
    if (host == null) {
      return new Failure.Malformed(
          "host-malformed", "The request must name one host, in one well-formed Host header.");
    }
    var local = request.localAddress();
    if (!policy.answersFor(host, local == null ? null : local.hostAddress())) {
      return new Failure.Misdirected(
          "misdirected",
          "This server does not answer for '%s'. If it should, the operator adds that name to BYOA_ALLOWED_HOSTS."
              .formatted(host.host()));
    }
    return BrowserOrigin.isForeign(request)
        ? new Failure.Forbidden(
            "foreign-origin",
            "The request comes from a page that is not of this server; only its own pages may use it.")
        : null;
  }
}
