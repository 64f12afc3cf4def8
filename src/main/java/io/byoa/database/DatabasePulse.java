package io.byoa.database;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration;
import io.byoa.common.OwnConnections;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Feels whether the database answers, on a connection of its own.
 *
 * <p>A database that is frozen, or behind a network that drops everything, fails no request: it
 * lets it wait. A time limit on every answer would end long work too, such as a migration. So when
 * the database has stopped to answer at all, the pool's connections are cut, and whoever waits on
 * them gets an error that says to try again, within two seconds of asking. From then on requests
 * wait for a connection only briefly; otherwise long enough for a burst of them after a quiet time,
 * when connections have to be opened one after the other.
 */
@Singleton
class DatabasePulse {

  private static final Logger LOG = Logger.getLogger(DatabasePulse.class);
  private static final Duration EVERY = Duration.ofMillis(400);
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** How long a request waits for a connection while nobody can have one. */
  private static final Duration WAIT_WHILE_SILENT = Duration.ofMillis(100);

  private final Instance<AgroalDataSource> pool;
  private final OpenConnections open;
  private final OwnConnections own;
  private final InstantSource time;
  private final boolean serving;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private Duration wait = Duration.ZERO;
  private volatile @Nullable Instant silentSince;

  /** When the question was asked that is not answered yet, in nanoseconds; 0 for none. */
  private volatile long askedAt;

  DatabasePulse(
      Instance<AgroalDataSource> pool,
      OpenConnections open,
      OwnConnections own,
      InstantSource time,
      @ConfigProperty(name = "byoa.serving") boolean serving) {
    this.pool = pool;
    this.open = open;
    this.own = own;
    this.time = time;
    this.serving = serving;
  }

  void start(@Observes StartupEvent event) {
    if (serving) {
      wait = connections().acquisitionTimeout();
      Thread.ofPlatform().daemon().name("database-pulse").start(this::feel);
      Thread.ofPlatform().daemon().name("database-watch").start(this::watch);
    }
  }

  void stop(@Observes ShutdownEvent event) {
    stopping.countDown();
  }

  /** Since when it does not answer; empty while it does. */
  Optional<Instant> silentSince() {
    return Optional.ofNullable(silentSince);
  }

  private void feel() {
    Connection line = null;
    int failures = 0;
    // A line that breaks may be only this one; the next try, at once, tells.
    while (!ends(failures == 1 ? Duration.ZERO : EVERY)) {
      try {
        if (failures == 0) {
          askedAt = System.nanoTime();
        }
        if (line == null) {
          line = own.open("byoa-pulse", PATIENCE);
        }
        beat(line);
        failures = 0;
        askedAt = 0;
      } catch (SQLException e) {
        failures++;
        if (failures > 1) {
          silent(e.getMessage());
        }
        cut(line);
        line = null;
      }
    }
    cut(line);
  }

  /** Beside the one who asks, since a driver takes its time to believe that nobody answers. */
  private void watch() {
    while (!ends(LOOK)) {
      long asked = askedAt;
      if (asked != 0 && System.nanoTime() - asked > PATIENCE.toNanos()) {
        silent("no answer within " + PATIENCE.toSeconds() + " s");
        open.abort();
        pool.get().flush(AgroalDataSource.FlushMode.ALL);
      }
    }
  }

  /** Not closed: that says good-bye, and waits for a database which may not listen. */
  private static void cut(@Nullable Connection line) {
    try {
      if (line != null) {
        line.abort(Runnable::run);
      }
    } catch (SQLException e) {
      LOG.debugf(e, "The line of the pulse could not be cut");
    }
  }

  private void beat(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("");
    }
    answers();
  }

  private synchronized void answers() {
    if (silentSince != null) {
      silentSince = null;
      connections().setAcquisitionTimeout(wait);
      LOG.info("The database answers again");
    }
  }

  private synchronized void silent(@Nullable String reason) {
    if (silentSince == null) {
      silentSince = time.instant();
      connections().setAcquisitionTimeout(WAIT_WHILE_SILENT);
      LOG.errorf("The database does not answer (%s); requests are told to come back", reason);
    }
  }

  private AgroalConnectionPoolConfiguration connections() {
    return pool.get().getConfiguration().connectionPoolConfiguration();
  }

  private boolean ends(Duration pause) {
    try {
      return stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }
}
