package io.byoa.database;

import io.byoa.common.StartRefused;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Starts the PostgreSQL of one cluster, as often as it takes.
 *
 * @param cluster whose files are ready
 * @param log where its output goes
 * @param settings on top of BYOA's own
 */
record Launcher(Cluster cluster, PostgresLog log, Map<String, String> settings) {

  private static final Logger LOG = Logger.getLogger(EmbeddedPostgres.class);
  static final Duration STOP_PATIENCE = Duration.ofSeconds(10);
  // Recovery after a crash reads at most max_wal_size; this is for very slow disks.
  private static final Duration START_PATIENCE = Duration.ofMinutes(10);
  private static final int ATTEMPTS = 100;
  private static final int PAUSE_MILLIS = 50;

  /** A process that accepts connections, and where. */
  record Launched(Process process, int port) {}

  /**
   * Starts PostgreSQL and waits until it accepts connections; stops one that is still there first.
   *
   * @param wantedPort the port it must have, or 0 for any free one
   * @param given up once this is counted down
   */
  Launched launch(int wantedPort, CountDownLatch given) {
    String words = "";
    try {
      for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        int port = wantedPort == 0 ? FreePort.find() : wantedPort;
        long mark = log.size();
        Process process = spawn(port);
        if (becomesReady(process)) {
          return new Launched(process, port);
        }
        words = log.since(mark).strip();
        if (!mayPass(words) || given.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
          break;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartRefused("Interrupted while the database started.", e);
    }
    throw refusal(words);
  }

  /** Ends the PostgreSQL that a killed server has left on this folder. */
  static void stopSurvivor(Path database) {
    Postmaster.of(database)
        .ifPresent(survivor -> {
          LOG.infof("Stopping the database that a killed server left, pid %d", survivor.pid());
          survivor.stop(STOP_PATIENCE);
        });
  }

  private Process spawn(int port) {
    try {
      stopSurvivor(cluster.database());
      PidFile.removeIfForeign(cluster.database());
      List<String> arguments = new ArrayList<>(List.of("-D", cluster.database().toString()));
      arguments.addAll(PostgresSettings.arguments(port, settings));
      return Program.prepare(
              cluster.runAs().command(cluster.binaries().program("postgres"), arguments))
          .redirectInput(Path.of("/dev/null").toFile())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log.file().toFile()))
          .start();
    } catch (IOException e) {
      throw new StartRefused("PostgreSQL cannot be started: %s.".formatted(Reason.of(e)), e);
    }
  }

  private boolean becomesReady(Process candidate) throws InterruptedException {
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    try {
      while (!candidate.waitFor(3, TimeUnit.MILLISECONDS)) {
        PidFile file = PidFile.read(cluster.database()).orElse(null);
        if (file != null && file.pid() == candidate.pid() && file.ready()) {
          return true;
        }
        if (System.nanoTime() - deadline > 0) {
          new Postmaster(candidate.pid()).stop(STOP_PATIENCE);
        }
      }
      return false;
    } catch (InterruptedException e) {
      new Postmaster(candidate.pid()).stop(STOP_PATIENCE);
      throw e;
    }
  }

  /** Whether the next attempt may succeed where this one failed. */
  private static boolean mayPass(String words) {
    // The port was taken in the meantime.
    boolean port = words.contains("Address already in use");
    // Children of a killed postmaster have not noticed yet.
    boolean memory = words.contains("pre-existing shared memory block");
    // A postmaster that a killed server had just begun to start.
    boolean twin = words.contains("lock file \"postmaster.pid\" already exists");
    return port || memory || twin;
  }

  private StartRefused refusal(String words) {
    if (FullDisk.isMeantBy(words)) {
      return FullDisk.refusal(cluster.folder());
    }
    return new StartRefused(
        "The database in %s does not start. PostgreSQL said, in %s:%n%s"
            .formatted(cluster.folder(), log.file(), words.isEmpty() ? "(nothing)" : words));
  }
}
