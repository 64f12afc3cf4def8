package io.byoa.database;

import io.byoa.common.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * A PostgreSQL that belongs to one data folder and runs as a child of this server.
 *
 * <p>It listens on a free port of the loopback and lets in one role with a random password. If its
 * process dies it is started again on the same port. If this JVM is killed it stays, and the next
 * start stops it before it starts its own: settings and binaries may have changed, and a restart
 * costs a tenth of a second.
 */
public final class EmbeddedPostgres implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(EmbeddedPostgres.class);
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final Launcher launcher;
  private final String password;
  private final int port;
  private final CountDownLatch closing = new CountDownLatch(1);
  private Process process;

  private EmbeddedPostgres(Launcher launcher, String password) {
    this.launcher = launcher;
    this.password = password;
    Launcher.Launched launched = launcher.launch(0, closing);
    this.process = launched.process();
    this.port = launched.port();
    Thread.ofPlatform().daemon().name("postgres-watch").start(this::watch);
  }

  /**
   * Starts the database of a folder, which is made first if it is not there.
   *
   * @param folder whose {@link FolderLock} the caller holds
   * @param progress is told what takes a while
   * @throws StartRefused with what is wrong with the machine or the folder
   */
  public static EmbeddedPostgres start(DataFolder folder, Progress progress) {
    return start(folder, folder.postgres(), Map.of(), progress);
  }

  /**
   * The same, with PostgreSQL's programs elsewhere and other settings.
   *
   * @param binaries the folder under which the programs are unpacked; may be shared
   * @param settings PostgreSQL settings on top of BYOA's own
   */
  public static EmbeddedPostgres start(
      DataFolder folder, Path binaries, Map<String, String> settings, Progress progress) {
    DataFolder.create(folder.postgres());
    DataFolder.create(binaries);
    // Its programs may be about to be replaced.
    Launcher.stopSurvivor(folder.postgres().resolve("db"));
    PostgresBinaries programs = PostgresBinaries.under(binaries, progress);
    if (binaries.equals(folder.postgres())) {
      PostgresBinaries.removeOthers(binaries);
    }
    Cluster cluster = new Cluster(folder.postgres(), programs);
    String password = cluster.prepare(progress);
    PostgresLog log = new PostgresLog(cluster.folder().resolve("postgres.log"));
    return new EmbeddedPostgres(new Launcher(cluster, log, Map.copyOf(settings)), password);
  }

  /**
   * The database that another process of this machine, the running server, has started on this
   * folder; for commands that work beside it.
   */
  public static Optional<DatabaseAddress> running(DataFolder folder) {
    Path database = folder.postgres().resolve("db");
    Path passwordFile = folder.postgres().resolve("password");
    PidFile file = PidFile.read(database).filter(PidFile::ready).orElse(null);
    if (file == null || Postmaster.of(database).isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(address(file.port(), Files.readString(passwordFile).strip()));
    } catch (IOException e) {
      throw new StartRefused(
          "The password of the database in %s cannot be read (%s). Run this as the user that runs the server."
              .formatted(folder.path(), Reason.of(e)),
          e);
    }
  }

  /** The PostgreSQL release that is packed in, such as {@code 18.4.0}. */
  public static String version() {
    return PostgresBinaries.VERSION;
  }

  /** Where it answers; the same for as long as this object lives. */
  public DatabaseAddress address() {
    return address(port, password);
  }

  /** The process id of PostgreSQL's main process; another one after it has died and come back. */
  public synchronized long pid() {
    return process.pid();
  }

  /** Stops it: sessions end, committed work is on disk, and the next start needs no recovery. */
  @Override
  public void close() {
    closing.countDown();
    new Postmaster(pid()).stop(Launcher.STOP_PATIENCE);
  }

  private static DatabaseAddress address(int port, String password) {
    String url = "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, Cluster.NAME);
    return new DatabaseAddress(url, Cluster.NAME, password);
  }

  /** Starts the database again when its process has died, and keeps its log small. */
  private void watch() {
    Duration pause = SHORTEST_PAUSE;
    try {
      while (closing.getCount() > 0) {
        if (!current().waitFor(1, TimeUnit.MINUTES)) {
          launcher.log().trim();
          pause = SHORTEST_PAUSE;
        } else if (!closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
          LOG.errorf("The database has died (exit %d), starting it again", current().exitValue());
          restart();
          Duration twice = pause.multipliedBy(2);
          pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Process current() {
    return process;
  }

  private synchronized void restart() {
    if (closing.getCount() == 0) {
      return;
    }
    try {
      process = launcher.launch(port, closing).process();
    } catch (StartRefused e) {
      LOG.error(e.getMessage());
    }
  }
}
