package io.byoa.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.byoa.common.Failure;
import io.byoa.common.FailureException;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/**
 * Keeps the management port, apart from the health checks, for those with a token, whatever its
 * role: jobs share the loopback with it. A scraper sends the token as any client does.
 */
@Singleton
class ManagementGuard {

  /** After the host has been checked, before every route. */
  private static final int ORDER = -1_000;

  private static final String HEALTH = "/q/health";

  /** How long a scraper goes on while nobody can say whether its token is still good. */
  private static final Duration OUTAGE = Duration.ofHours(6);

  private static final int MOST = 100;

  private final TokenMechanism mechanism;

  /** Whom it let through lately: an outage of the database is when metrics are needed most. */
  private final Cache<Credential, Boolean> lately =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(OUTAGE).build();

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
        .with(identity -> decide(context, identity != null), context::fail);
  }

  private void decide(RoutingContext context, boolean good) {
    Optional<Credential> shown = TokenMechanism.shown(context);
    if (good) {
      shown.ifPresent(credential -> lately.put(credential, true));
      context.next();
      return;
    }
    Throwable refusal = TokenMechanism.refusal(context);
    boolean nobodyKnows =
        !(refusal instanceof FailureException known
            && known.failure() instanceof Failure.Unauthenticated);
    if (nobodyKnows && shown.filter(each -> lately.getIfPresent(each) != null).isPresent()) {
      context.next();
    } else {
      shown.ifPresent(lately::invalidate);
      context.fail(refusal);
    }
  }
}
