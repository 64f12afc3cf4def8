package io.byoa.access;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table {@code token}. */
@Singleton
class TokenRepository implements PanacheRepositoryBase<TokenEntity, String> {

  /** The token with this digest, unless it was revoked; it may have expired. */
  Optional<TokenEntity> unrevoked(String digest) {
    return find("digest = ?1 and revokedAt is null", digest).firstResultOptional();
  }

  Optional<TokenEntity> ofTeam(String team, String id) {
    return find("team = ?1 and id = ?2", team, id).firstResultOptional();
  }

  Optional<TokenEntity> named(String team, String name) {
    return find("team = ?1 and name = ?2 and revokedAt is null", team, name).firstResultOptional();
  }

  /** The newest first, after this id. */
  List<TokenEntity> page(String team, @Nullable String after, int limit) {
    return (after == null
            ? find("team = ?1 order by id desc", team)
            : find("team = ?1 and id < ?2 order by id desc", team, after))
        .page(0, limit)
        .list();
  }

  void used(String id, Instant at) {
    update("lastUsedAt = ?2 where id = ?1 and (lastUsedAt is null or lastUsedAt < ?2)", id, at);
  }
}
