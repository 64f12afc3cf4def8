package io.byoa.access;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Asks the database who a token or a session belongs to. */
@Singleton
class CallerLookup {

  private final TokenRepository tokens;
  private final SessionRepository sessions;
  private final InstantSource time;

  CallerLookup(TokenRepository tokens, SessionRepository sessions, InstantSource time) {
    this.tokens = tokens;
    this.sessions = sessions;
    this.time = time;
  }

  /** The caller that this credential stands for now; null for nobody. Blocks. */
  @Nullable Caller find(Credential credential) {
    Caller caller =
        QuarkusTransaction.requiringNew()
            .call(() -> credential.session() ? bySession(credential) : byToken(credential));
    return caller == null || caller.endedBy(time.instant()) ? null : caller;
  }

  private @Nullable Caller byToken(Credential credential) {
    return tokens
        .unrevoked(credential.digest())
        .map(token -> token.caller(token.expiresAt))
        .orElse(null);
  }

  private @Nullable Caller bySession(Credential credential) {
    SessionEntity session = sessions.withDigest(credential.digest()).orElse(null);
    TokenEntity token = session == null ? null : tokens.findById(session.tokenId);
    if (session == null || token == null || token.revokedAt != null) {
      return null;
    }
    return token.caller(earlier(session.expiresAt, token.expiresAt));
  }

  static Instant earlier(Instant one, @Nullable Instant other) {
    return other != null && other.isBefore(one) ? other : one;
  }
}
