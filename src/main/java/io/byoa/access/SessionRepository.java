package io.byoa.access;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;

/** The table {@code browser_session}. */
@Singleton
class SessionRepository implements PanacheRepositoryBase<SessionEntity, String> {

  Optional<SessionEntity> withDigest(String digest) {
    return find("digest", digest).firstResultOptional();
  }

  long end(String digest) {
    return delete("digest", digest);
  }

  long forgetExpired(Instant now) {
    return delete("expiresAt < ?1", now);
  }
}
