package io.byoa.engine.local.environment;

import io.byoa.engine.local.disk.AtomicFile;
import io.byoa.engine.local.disk.JobLog;
import io.byoa.engine.local.disk.PrivateFolder;
import io.byoa.engine.local.disk.Trash;
import io.byoa.engine.local.process.Bell;
import io.byoa.engine.local.process.ProgramRun;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.jboss.logging.Logger;

/**
 * Installed dependencies by what was asked for: {@code <data>/environments/<key>/}. The file {@code
 * current} in a key's folder names the environment that is complete; what it does not name is not
 * there, whatever a crash has left.
 *
 * <p>Who uses what is counted under the same lock under which something goes; what goes is renamed
 * under it, so that nobody ever sees half of it, and deleted later.
 */
public final class EnvironmentCache {

  private static final Logger LOG = Logger.getLogger(EnvironmentCache.class);

  private final Path root;
  private final long limit;
  private final Installer installer;
  private final EnvironmentMetrics metrics;
  private final Trash trash;
  private final Map<String, Building> building = new HashMap<>();
  private final Map<String, Integer> inUse = new HashMap<>();
  private volatile boolean closed;

  /**
   * The cache in this folder.
   *
   * @param limit bytes; beyond it the least recently used go
   */
  public EnvironmentCache(Path root, long limit, Installer installer, MeterRegistry meters) {
    this.root = root;
    this.limit = limit;
    this.installer = installer;
    this.metrics = new EnvironmentMetrics(meters);
    this.trash = Trash.in(root);
  }

  /**
   * How installing ended: with exit code 0 the environment is there.
   *
   * @param tooLong whether it was ended at the installation's limit
   */
  record Installed(int exit, String lastLines, boolean tooLong) {}

  /**
   * An installation under way, which several launches may wait for.
   *
   * @param begun the try that is under way, once what an earlier one left is gone
   */
  record Building(CompletableFuture<EnvironmentBuild> begun, CompletableFuture<Installed> end) {

    /** What the installer says; empty while it has not started. */
    Optional<JobLog> log() {
      return begun.isDone() && !begun.isCompletedExceptionally()
          ? Optional.of(begun.join().log())
          : Optional.empty();
    }
  }

  /** The environment, if it is complete. */
  Optional<InstalledEnvironment> find(Requirements requirements) throws IOException {
    Path home = root.resolve(requirements.key());
    Path current = home.resolve("current");
    if (!Files.exists(current)) {
      return Optional.empty();
    }
    Path folder = home.resolve(Files.readString(current).strip());
    return Files.isDirectory(folder)
        ? Optional.of(new InstalledEnvironment(requirements, folder))
        : Optional.empty();
  }

  /** An environment that was there spared an installation. */
  void reused() {
    metrics.reused();
  }

  /**
   * Keeps the environment while a launch needs it.
   *
   * @param now when it was used last
   */
  synchronized void use(Requirements requirements, FileTime now) throws IOException {
    Path current = root.resolve(requirements.key()).resolve("current");
    if (Files.exists(current)) {
      Files.setLastModifiedTime(current, now);
    }
    inUse.merge(requirements.key(), 1, Integer::sum);
  }

  synchronized void release(Requirements requirements) {
    inUse.computeIfPresent(requirements.key(), (key, count) -> count == 1 ? null : count - 1);
  }

  /** Starts installing, or joins whoever does already. */
  synchronized Building build(Requirements requirements) {
    return building.computeIfAbsent(requirements.key(), key -> start(requirements));
  }

  /** Nothing in here waits: an earlier try may have to be waited for, and others want the lock. */
  private Building start(Requirements requirements) {
    Building started = new Building(new CompletableFuture<>(), new CompletableFuture<>());
    EnvironmentMetrics.Installation timed = metrics.installing();
    Thread.ofVirtual()
        .name("install-" + requirements.key())
        .start(() -> {
          try {
            EnvironmentBuild build = next(requirements);
            started.begun.complete(build);
            Installed installed = install(build);
            timed.ended(installed.exit() == 0);
            over(requirements);
            started.end.complete(installed);
          } catch (IOException | InterruptedException | RuntimeException | Error e) {
            try {
              timed.ended(false);
              LOG.errorf(e, "Installing %s failed", requirements.key());
            } finally {
              over(requirements);
              started.end.completeExceptionally(e);
            }
          }
        });
    return started;
  }

  /** Before its end is told: whoever hears of it and asks again gets a new one. */
  private synchronized void over(Requirements requirements) {
    building.remove(requirements.key());
  }

  private EnvironmentBuild next(Requirements requirements)
      throws IOException, InterruptedException {
    Path home = root.resolve(requirements.key());
    PrivateFolder.create(root);
    PrivateFolder.create(home);
    installer.letPass(home);
    return EnvironmentBuild.next(installer, requirements, home, untilClosed);
  }

  private Installed install(EnvironmentBuild build) throws IOException, InterruptedException {
    OptionalInt exit = build.run(new Bell(), untilClosed);
    if (closed) {
      return new Installed(-1, "", false);
    }
    String lastLines = build.log().lastLines(0, build.attempt().last());
    int code = exit.orElse(-1);
    if (code == 0) {
      Path current = build.home().resolve("current");
      Files.writeString(build.target().resolve("byoa-size"), Long.toString(size(build.target())));
      AtomicFile.write(
          current, build.target().getFileName().toString().getBytes(StandardCharsets.UTF_8));
      build.removeWork();
      evict();
    }
    return new Installed(code, lastLines, build.attempt().limitReached());
  }

  /** Removes the least recently used until all fit, except what is in use. */
  private synchronized void evict() throws IOException {
    List<Path> homes = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
      for (Path home : entries) {
        if (Files.exists(home.resolve("current"))) {
          homes.add(home);
        }
      }
    }
    homes.sort(Comparator.comparing(EnvironmentCache::lastUse).reversed());
    long total = 0;
    for (Path home : homes) {
      total += storedSize(home);
      String key = home.getFileName().toString();
      if (total > limit && !inUse.containsKey(key) && !building.containsKey(key)) {
        LOG.infof("Removing installed dependencies that were not used lately: %s", key);
        trash.take(home);
      }
    }
  }

  private static FileTime lastUse(Path home) {
    try {
      return Files.getLastModifiedTime(home.resolve("current"));
    } catch (IOException gone) {
      return FileTime.fromMillis(0);
    }
  }

  private static long storedSize(Path home) throws IOException {
    Path size =
        home.resolve(Files.readString(home.resolve("current")).strip()).resolve("byoa-size");
    return Files.exists(size) ? Long.parseLong(Files.readString(size).strip()) : 0;
  }

  private static long size(Path folder) throws IOException {
    long[] total = {0};
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
            total[0] += attributes.size();
            return FileVisitResult.CONTINUE;
          }
        });
    return total[0];
  }

  /** Leaves installers to the next server. */
  public void close() {
    closed = true;
  }

  private final ProgramRun.Wishes untilClosed =
      new ProgramRun.Wishes() {
        @Override
        public boolean abandoned() {
          return closed;
        }

        @Override
        public boolean stop() {
          return false;
        }

        @Override
        public boolean interrupt() {
          return false;
        }

        @Override
        public void stopping() {}
      };
}
