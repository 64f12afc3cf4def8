package io.byoa.access;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The callers of the last few seconds, so that a request with a token costs no round trip.
 *
 * <p>What is known is read again, in the background, while it is in use, and forgotten after {@link
 * AccessConfig#revocationDelay()}: that long, at most, another replica goes on honouring what was
 * revoked here. Here it ends at once: every revocation starts a new epoch, and what was read in an
 * older one, even if the reading is still under way, counts no more.
 */
@Singleton
class KnownCallers {

  private static final int MOST = 10_000;

  private final LoadingCache<Credential, @Nullable Known> cache;
  private final AtomicLong epoch = new AtomicLong();
  private final CallerLookup lookup;
  private final LastUse lastUse;
  private final InstantSource time;

  KnownCallers(CallerLookup lookup, LastUse lastUse, AccessConfig config, InstantSource time) {
    this.lookup = lookup;
    this.lastUse = lastUse;
    this.time = time;
    Duration delay = config.revocationDelay();
    this.cache =
        Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(delay)
            .refreshAfterWrite(delay.dividedBy(2))
            .executor(task -> Infrastructure.getDefaultWorkerPool().execute(task))
            .build(this::load);
  }

  /**
   * A caller as it was read in an epoch.
   *
   * @param identity the same, as Quarkus wants it; made once
   */
  private record Known(Caller caller, SecurityIdentity identity, long epoch) {}

  /** The caller's identity if it is known without asking anybody; null if it is not. */
  @Nullable SecurityIdentity ifKnown(Credential credential) {
    return current(cache.getIfPresent(credential));
  }

  /** The caller's identity, from the database if need be; null for nobody. Blocks. */
  @Nullable SecurityIdentity find(Credential credential) {
    Known known = load(credential); // Outside the cache, which would make others wait meanwhile.
    if (known == null) {
      cache.invalidate(credential);
      return null;
    }
    cache.put(credential, known);
    return known.identity;
  }

  /** Makes the next use of every token ask the database again. */
  void forget() {
    epoch.incrementAndGet();
  }

  private @Nullable SecurityIdentity current(@Nullable Known known) {
    return known == null || known.epoch != epoch.get() || known.caller.endedBy(time.instant())
        ? null
        : known.identity;
  }

  private @Nullable Known load(Credential credential) {
    long before = epoch.get();
    Caller caller = lookup.find(credential);
    if (caller == null) {
      return null;
    }
    lastUse.note(caller.tokenId());
    return new Known(caller, identity(caller), before);
  }

  private static SecurityIdentity identity(Caller caller) {
    return QuarkusSecurityIdentity.builder()
        .setPrincipal(caller)
        .addRoles(caller.role().covered())
        .build();
  }
}
