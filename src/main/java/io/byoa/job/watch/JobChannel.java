package io.byoa.job.watch;

import io.agroal.api.AgroalDataSource;
import io.byoa.common.IdSource;
import io.byoa.common.OwnConnections;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Carries "this job changed" between replicas over PostgreSQL's LISTEN and NOTIFY.
 *
 * <p>Notifications are sent after the commit and gathered, since a NOTIFY inside a transaction
 * serialises commits; one that gets lost in a crash only delays a watcher until it looks by itself.
 * An embedded database has one server, which has nobody to tell.
 */
@Singleton
class JobChannel {

  private static final Logger LOG = Logger.getLogger(JobChannel.class);
  private static final String CHANNEL = "byoa_job";

  /** Ids in one notification, whose payload may have 8,000 bytes. */
  private static final int BATCH = 250;

  private final Instance<AgroalDataSource> database;
  private final OwnConnections own;
  private final JobWatch watch;
  private final boolean wanted;
  private final String self;
  private final BlockingQueue<String> outgoing = new LinkedBlockingQueue<>(10_000);
  private final CountDownLatch stop = new CountDownLatch(1);
  private volatile boolean stopping;
  private volatile @Nullable Connection line;
  private @Nullable Thread listener;
  private @Nullable Thread sender;

  JobChannel(
      Instance<AgroalDataSource> database,
      OwnConnections own,
      JobWatch watch,
      IdSource ids,
      @ConfigProperty(name = "byoa.serving") boolean serving,
      @ConfigProperty(name = "byoa.database.shared", defaultValue = "true") boolean shared) {
    this.database = database;
    this.own = own;
    this.watch = watch;
    this.wanted = serving && shared;
    this.self = ids.next();
  }

  void start(@Observes StartupEvent event) {
    if (!wanted) {
      return;
    }
    listener = Thread.ofPlatform().daemon().name("job-listen").start(this::listenForEver);
    sender = Thread.ofVirtual().name("job-notify").start(this::sendForEver);
  }

  void stop(@Observes ShutdownEvent event) {
    stopping = true;
    stop.countDown();
    for (Thread thread : new Thread[] {listener, sender}) {
      if (thread != null) {
        thread.interrupt();
      }
    }
    Connection open = line;
    if (open != null) {
      try {
        open.abort(Runnable::run);
      } catch (SQLException e) {
        LOG.debugf(e, "The line to other replicas could not be cut");
      }
    }
  }

  void changed(@Observes(during = TransactionPhase.AFTER_SUCCESS) JobChanged change) {
    if (wanted) {
      // A full queue means that watchers elsewhere are late anyway; they look again by themselves.
      boolean ignored = outgoing.offer(change.job());
    }
  }

  private void sendForEver() {
    while (!stopping) {
      try {
        sendOnce();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** Waits for a change, and tells of it and of those that came with it. */
  void sendOnce() throws InterruptedException {
    List<String> batch = new ArrayList<>();
    batch.add(outgoing.take());
    outgoing.drainTo(batch, BATCH - 1);
    try {
      send(batch.stream().distinct().toList());
    } catch (SQLException e) {
      LOG.debugf(e, "Could not tell other replicas about changes");
    }
  }

  private void send(List<String> jobs) throws SQLException {
    try (Connection connection = database.get().getConnection();
        PreparedStatement notify = connection.prepareStatement("SELECT pg_notify(?, ?)")) {
      notify.setString(1, CHANNEL);
      notify.setString(2, self + " " + String.join(" ", jobs));
      notify.execute();
    }
  }

  private void listenForEver() {
    while (!stopping) {
      // Not one of the pool's: it stays open, and silence on it is no fault.
      try (Connection connection = own.open("byoa-listen", Duration.ZERO)) {
        line = connection;
        listen(connection);
      } catch (SQLException e) {
        if (!stopping) {
          LOG.infof("Lost the line to other replicas (%s); trying again", e.getMessage());
          pause();
        }
      }
    }
  }

  private void listen(Connection connection) throws SQLException {
    PGConnection postgres = connection.unwrap(PGConnection.class);
    try (Statement statement = connection.createStatement()) {
      statement.execute("LISTEN " + CHANNEL);
    }
    watch.changedUnheard();
    while (!stopping) {
      listenOnce(postgres);
    }
  }

  /** Waits a second at most for what others tell, and passes it on. */
  void listenOnce(PGConnection postgres) throws SQLException {
    PGNotification[] notifications = postgres.getNotifications(1_000);
    if (notifications != null) {
      for (PGNotification notification : notifications) {
        heard(List.of(notification.getParameter().split(" ")));
      }
    }
  }

  private void heard(List<String> words) {
    if (!words.getFirst().equals(self)) {
      watch.changed(words.subList(1, words.size()));
    }
  }

  private void pause() {
    try {
      if (stop.await(1, TimeUnit.SECONDS)) {
        stopping = true;
      }
    } catch (InterruptedException e) {
      stopping = true;
    }
  }
}
