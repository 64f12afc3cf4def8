package io.byoa.upkeep;

import io.byoa.common.Chore;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Does the chores, one after the other, when their turns come. */
@Singleton
class Upkeep {

  private static final Logger LOG = Logger.getLogger(Upkeep.class);
  private static final Duration LOOK = Duration.ofMinutes(1);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final List<Chore> chores;
  private final Turns turns;
  private final InstantSource time;
  private final boolean enabled;
  private final Map<String, Instant> ownTurns = new HashMap<>();
  private final ScheduledExecutorService loop =
      Executors.newSingleThreadScheduledExecutor(
          work -> Thread.ofPlatform().daemon().name("upkeep").unstarted(work));

  Upkeep(
      @All List<Chore> chores,
      Turns turns,
      InstantSource time,
      UpkeepConfig config,
      @ConfigProperty(name = "byoa.serving") boolean serving) {
    this.chores = chores;
    this.turns = turns;
    this.time = time;
    this.enabled = serving && config.enabled();
  }

  void start(@Observes StartupEvent event) {
    if (enabled) {
      // Not at once: whoever has just started has better things to do.
      var _ =
          loop.scheduleWithFixedDelay(
              this::runOnce, LOOK.toSeconds(), LOOK.toSeconds(), TimeUnit.SECONDS);
    }
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    loop.shutdown();
    boolean ignored = loop.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /** One round; answers how many chores it did. */
  synchronized int runOnce() {
    int done = 0;
    for (Chore chore : chores) {
      try {
        if (!loop.isShutdown() && isOurs(chore)) {
          done++;
          int things = chore.runOnce();
          if (things > 0) {
            LOG.infof("Upkeep, %s: %d done", chore.name(), things);
          }
        }
      } catch (Exception e) {
        LOG.warnf(e, "Upkeep, %s: not done, it is tried again later", chore.name());
      }
    }
    return done;
  }

  private boolean isOurs(Chore chore) throws SQLException {
    if (!chore.everywhere()) {
      return turns.take(chore);
    }
    Instant now = time.instant();
    if (ownTurns.getOrDefault(chore.name(), now).isAfter(now)) {
      return false;
    }
    ownTurns.put(chore.name(), now.plus(chore.every()));
    return true;
  }
}
