package io.byoa.access;

import io.byoa.common.IdSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Browser sessions: opened with a token, over when it is or when their time has come. */
@Singleton
class Sessions {

  private final SessionRepository sessions;
  private final KnownCallers known;
  private final CallerLookup lookup;
  private final Audit audit;
  private final AccessConfig config;
  private final IdSource ids;
  private final InstantSource time;

  Sessions(
      SessionRepository sessions,
      KnownCallers known,
      CallerLookup lookup,
      Audit audit,
      AccessConfig config,
      IdSource ids,
      InstantSource time) {
    this.sessions = sessions;
    this.known = known;
    this.lookup = lookup;
    this.audit = audit;
    this.config = config;
    this.ids = ids;
    this.time = time;
  }

  /**
   * A session just opened.
   *
   * @param caller whose session it is
   * @param secret what the cookie carries
   * @param lifetime how long it lasts at most
   */
  record Opened(Caller caller, Token secret, Duration lifetime) {}

  /** Opens a session for whoever the token belongs to; empty when it is nobody's. */
  Optional<Opened> open(Token token) {
    Caller caller = lookup.find(Credential.of(token));
    if (caller == null) {
      return Optional.empty();
    }
    Token secret = Token.generate(Token.Kind.SES);
    Instant now = time.instant();
    Instant end = CallerLookup.earlier(now.plus(config.sessionLifetime()), caller.expiresAt());
    QuarkusTransaction.requiringNew()
        .run(() -> {
          sessions.persist(
              new SessionEntity(ids.next(), caller.tokenId(), secret.digest().hex(), now, end));
          audit.record(caller, "session.opened", caller.name());
        });
    Caller signedIn =
        new Caller(
            caller.team(),
            caller.tokenId(),
            caller.name(),
            caller.role(),
            caller.algorithms(),
            end);
    return Optional.of(new Opened(signedIn, secret, Duration.between(now, end)));
  }

  /** Ends the session with this secret, if there is one. */
  void end(Caller caller, Token secret) {
    QuarkusTransaction.requiringNew()
        .run(() -> {
          if (sessions.end(secret.digest().hex()) > 0) {
            audit.record(caller, "session.ended", caller.name());
          }
        });
    known.forget();
  }
}
