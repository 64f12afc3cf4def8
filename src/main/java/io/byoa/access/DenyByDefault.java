package io.byoa.access;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

/**
 * Refuses everything that is not a {@link PublicRoutes public route} to whoever shows no valid
 * token or session, whether or not such a route exists. Which role a route needs stands on the
 * route.
 */
@Singleton
class DenyByDefault implements HttpSecurityPolicy {

  @Override
  public Uni<CheckResult> checkPermission(
      RoutingContext request,
      Uni<SecurityIdentity> identity,
      AuthorizationRequestContext requestContext) {
    // The path as the router matches it, so that rule and route cannot disagree.
    if (PublicRoutes.contains(request.request().method(), request.normalizedPath())) {
      return CheckResult.permit();
    }
    return identity
        .onItem()
        .transformToUni(found ->
            found.isAnonymous()
                ? Uni.createFrom().failure(TokenMechanism.refusal(request))
                : CheckResult.permit());
  }
}
