package io.byoa.access;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Keeps the management port, apart from the health checks, for those with a token, whatever its
 * role: jobs share the loopback with it. A scraper sends the token as any client does.
 */
@Singleton
class ManagementGuard {

  /** After the host has been checked, before every route. */
  private static final int ORDER = -1_000;

  private static final String HEALTH = "/q/health";

  private final TokenMechanism mechanism;

  ManagementGuard(TokenMechanism mechanism) {
    this.mechanism = mechanism;
  }

  void onManagementPort(@Observes ManagementInterface management) {
    management.router().route().order(ORDER).handler(this::check);
  }

  private void check(RoutingContext context) {
    String path = context.normalizedPath();
    if (path.equals(HEALTH) || path.startsWith(HEALTH + "/")) {
      context.next();
      return;
    }
    mechanism
        .authenticate(context)
        .subscribe()
        .with(
            identity -> {
              if (identity == null) {
                context.fail(TokenMechanism.refusal(context));
              } else {
                context.next();
              }
            },
            context::fail);
  }
}
