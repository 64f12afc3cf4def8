package io.byoa.access;

import io.byoa.common.Failure;
import io.byoa.common.IdSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tokens of a team: given out, listed, revoked. */
@Singleton
class Tokens {

  private final TokenRepository tokens;
  private final KnownCallers known;
  private final Audit audit;
  private final IdSource ids;
  private final InstantSource time;

  Tokens(
      TokenRepository tokens, KnownCallers known, Audit audit, IdSource ids, InstantSource time) {
    this.tokens = tokens;
    this.known = known;
    this.audit = audit;
    this.ids = ids;
    this.time = time;
  }

  /** A token just made, with the secret that is never seen again. */
  record Created(IssuedToken token, Token secret) {}

  /**
   * Gives out a token.
   *
   * @throws io.byoa.common.FailureException 403 {@code role-too-high}, 409 {@code token-exists}
   */
  Created create(Caller by, NewToken wanted) {
    if (!by.role().covers(wanted.role())) {
      throw new Failure.Forbidden(
              "role-too-high",
              "Your role is '%s'; you cannot give out '%s'."
                  .formatted(by.role().word(), wanted.role().word()))
          .raise();
    }
    Token secret = Token.generate(wanted.kind());
    Instant now = time.instant();
    IssuedToken token =
        new IssuedToken(
            ids.next(),
            wanted.kind().word(),
            wanted.name(),
            wanted.description(),
            wanted.role(),
            wanted.algorithms(),
            by.requester(),
            now,
            wanted.expiresAt(),
            null,
            null);
    QuarkusTransaction.requiringNew().run(() -> insert(by, token, secret, now));
    return new Created(token, secret);
  }

  private void insert(Caller by, IssuedToken token, Token secret, Instant now) {
    tokens.named(by.team(), token.name()).ifPresent(other -> makeWay(other, now));
    tokens.persist(new TokenEntity(token, by.team(), secret.digest().hex()));
    audit.record(
        by, "token.created", token.name(), Map.of("id", token.id(), "role", token.role().word()));
  }

  /** What has expired gives its name up. */
  private void makeWay(TokenEntity other, Instant now) {
    if (other.expiresAt == null || now.isBefore(other.expiresAt)) {
      throw new Failure.Conflict(
              "token-exists",
              "There is a token named '%s' already (%s). Revoke it first, or take another name."
                  .formatted(other.name, other.id))
          .raise();
    }
    other.revoke(now, "expiry");
    tokens.flush();
  }

  /** The newest first, after this id. */
  List<IssuedToken> page(String team, @Nullable String after, int limit) {
    return QuarkusTransaction.requiringNew()
        .call(() -> tokens.page(team, after, limit).stream().map(TokenEntity::issued).toList());
  }

  /**
   * One token.
   *
   * @throws io.byoa.common.FailureException 404 {@code no-such-token}, also for another team's
   */
  IssuedToken get(String team, String id) {
    return QuarkusTransaction.requiringNew().call(() -> find(team, id).issued());
  }

  private TokenEntity find(String team, String id) {
    return tokens
        .ofTeam(team, id)
        .orElseThrow(() ->
            new Failure.NotFound(
                    "no-such-token", "There is no token with the id '%s'.".formatted(id))
                .raise());
  }

  /**
   * Ends a token and its sessions, at once; ending it again changes nothing.
   *
   * @throws io.byoa.common.FailureException 404 {@code no-such-token}, also for another team's
   */
  void revoke(Caller by, String id) {
    QuarkusTransaction.requiringNew()
        .run(() -> {
          TokenEntity token = find(by.team(), id);
          if (token.revokedAt == null) {
            token.revoke(time.instant(), by.requester());
            audit.record(by, "token.revoked", token.name, Map.of("id", token.id));
          }
        });
    known.forget();
  }
}
