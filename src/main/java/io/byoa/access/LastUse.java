package io.byoa.access;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * When tokens were last used: noted in memory, written together once a minute, never by a request.
 * A crash loses at most that minute.
 */
@Singleton
class LastUse {

  private static final Logger LOG = Logger.getLogger(LastUse.class);
  private static final long MINUTE = 60_000;

  private final ConcurrentHashMap<String, Instant> noted = new ConcurrentHashMap<>();
  private final TokenRepository tokens;
  private final SessionRepository sessions;
  private final InstantSource time;

  LastUse(TokenRepository tokens, SessionRepository sessions, InstantSource time) {
    this.tokens = tokens;
    this.sessions = sessions;
    this.time = time;
  }

  void start(@Observes StartupEvent event, Vertx vertx) {
    vertx.setPeriodic(MINUTE, _ -> vertx.executeBlocking(this::runOnceQuietly, false));
  }

  void stop(@Observes ShutdownEvent event) {
    runOnceQuietly();
  }

  /** Remembers that the token is in use now. */
  void note(String tokenId) {
    noted.put(tokenId, time.instant());
  }

  /** Writes what was noted, in the order of ids so that replicas do not deadlock. */
  void runOnce() {
    Map<String, Instant> batch = new TreeMap<>(noted);
    if (batch.isEmpty()) {
      return;
    }
    QuarkusTransaction.requiringNew()
        .run(() -> {
          batch.forEach(tokens::used);
          sessions.forgetExpired(time.instant());
        });
    batch.forEach(noted::remove);
  }

  private boolean runOnceQuietly() {
    try {
      runOnce();
      return true;
    } catch (RuntimeException e) {
      LOG.warnf("The last use of %d tokens is not written yet: %s", noted.size(), e.getMessage());
      return false;
    }
  }
}
