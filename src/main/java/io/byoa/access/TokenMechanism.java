package io.byoa.access;

import io.byoa.common.FailureException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who sends a request: the token in {@code Authorization: Bearer}, otherwise the session
 * in the cookie.
 *
 * <p>It refuses nobody. Why a credential is no good is kept with the request, for {@link
 * DenyByDefault} to say if the route is not public: whoever has an old cookie must still be able to
 * sign in.
 */
@Singleton
class TokenMechanism implements HttpAuthenticationMechanism {

  private static final String REFUSAL = TokenMechanism.class.getName();
  private static final String SHOWN = Credential.class.getName();
  private static final String SCHEME = "Bearer ";
  private static final Uni<SecurityIdentity> NOBODY = Uni.createFrom().nullItem();

  private final KnownCallers callers;

  TokenMechanism(KnownCallers callers) {
    this.callers = callers;
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      RoutingContext context, IdentityProviderManager identityProviderManager) {
    return authenticate(context);
  }

  /** Who sends this; nobody when there is no credential, or when it is no good. */
  Uni<SecurityIdentity> authenticate(RoutingContext context) {
    Credential credential;
    try {
      credential = credential(context.request());
    } catch (FailureException e) {
      return refuse(context, e);
    }
    if (credential == null) {
      return NOBODY;
    }
    context.put(SHOWN, credential);
    SecurityIdentity known = callers.ifKnown(credential);
    return known != null ? Uni.createFrom().item(known) : ask(context, credential);
  }

  /** Why the request's credential is no good, or that it has none. */
  static Throwable refusal(RoutingContext context) {
    Throwable refusal = context.get(REFUSAL);
    return refusal == null ? new FailureException(Refusals.NOBODY) : refusal;
  }

  /** What the request shows, whatever it is worth; empty for nothing, or nothing readable. */
  static Optional<Credential> shown(RoutingContext context) {
    return Optional.ofNullable(context.get(SHOWN));
  }

  private Uni<SecurityIdentity> ask(RoutingContext context, Credential credential) {
    return Uni.createFrom()
        .completionStage(() ->
            context
                .vertx()
                .executeBlocking(() -> Optional.ofNullable(callers.find(credential)), false)
                .toCompletionStage())
        .onItemOrFailure()
        .transformToUni((found, failure) -> {
          if (failure != null) {
            return refuse(context, failure);
          }
          return found.isPresent()
              ? Uni.createFrom().item(found.get())
              : refuse(
                  context,
                  new FailureException(
                      credential.session() ? Refusals.SESSION_OVER : Refusals.UNKNOWN));
        });
  }

  private static @Nullable Credential credential(HttpServerRequest request) {
    List<String> headers = request.headers().getAll(HttpHeaders.AUTHORIZATION);
    if (!headers.isEmpty()) {
      String header = headers.getFirst();
      if (headers.size() > 1 || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
        throw Refusals.NOT_BEARER.raise();
      }
      Token token = parse(header.substring(SCHEME.length()).strip());
      if (token.kind() == Token.Kind.SES) {
        throw Refusals.NOT_A_TOKEN.raise();
      }
      return Credential.of(token);
    }
    var cookie = request.getCookie(SessionCookie.NAME);
    if (cookie == null) {
      return null;
    }
    Token token = parse(cookie.getValue());
    if (token.kind() != Token.Kind.SES) {
      throw Refusals.NOT_A_TOKEN.raise();
    }
    if (!BrowserOrigin.mayChange(request)) {
      throw Refusals.CROSS_SITE.raise();
    }
    return Credential.of(token);
  }

  private static Token parse(String text) {
    return Token.parse(text).orElseThrow(Refusals.NOT_A_TOKEN::raise);
  }

  private static Uni<SecurityIdentity> refuse(RoutingContext context, Throwable why) {
    context.put(REFUSAL, why);
    return NOBODY;
  }

  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext context) {
    return Uni.createFrom()
        .item(new ChallengeData(401, "WWW-Authenticate", "Bearer realm=\"byoa\""));
  }

  /** None: it asks no identity provider, so that what is known is found without any detour. */
  @Override
  public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
    return Set.of();
  }
}
