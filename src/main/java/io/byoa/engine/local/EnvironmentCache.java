package io.byoa.engine.local;

import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Installed dependencies by what was asked for: {@code <data>/environments/<key>/}. The file {@code
 * current} in a key's folder names the environment that is complete; what it does not name is not
 * there, whatever a crash has left.
 */
final class EnvironmentCache {

  private static final Logger LOG = Logger.getLogger(EnvironmentCache.class);

  private final Path root;
  private final long limit;
  private final Map<String, Building> building = new ConcurrentHashMap<>();
  private final Map<String, Integer> inUse = new ConcurrentHashMap<>();
  private volatile boolean closed;

  EnvironmentCache(Path root, long limit) {
    this.root = root;
    this.limit = limit;
  }

  /** How installing ended: with exit code 0 the environment is there. */
  record Installed(int exit, String lastLines) {}

  /** An installation under way, which several launches may wait for. */
  record Building(EnvironmentBuild build, CompletableFuture<Installed> end) {}

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

  /**
   * Keeps the environment while a launch needs it.
   *
   * @param now when it was used last
   */
  void use(Requirements requirements, FileTime now) throws IOException {
    inUse.merge(requirements.key(), 1, Integer::sum);
    Path current = root.resolve(requirements.key()).resolve("current");
    if (Files.exists(current)) {
      Files.setLastModifiedTime(current, now);
    }
  }

  void release(Requirements requirements) {
    inUse.computeIfPresent(requirements.key(), (key, count) -> count == 1 ? null : count - 1);
  }

  /** Starts installing, or joins whoever does already. */
  Building build(Machine machine, Requirements requirements) {
    return building.computeIfAbsent(
        requirements.key(), key -> start(machine, requirements, root.resolve(key)));
  }

  private Building start(Machine machine, Requirements requirements, Path home) {
    CompletableFuture<Installed> end = new CompletableFuture<>();
    EnvironmentBuild build;
    try {
      LaunchFolder.createPrivate(root);
      if (!machine.sandbox().isolates() && machine.root()) {
        LaunchFolder.createPrivate(home);
        machine.letPass(home);
      }
      build = EnvironmentBuild.next(machine, requirements, home, untilClosed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while looking at an earlier installation", e);
    }
    LocalEngineMetrics.Installation timed = machine.metrics().installing();
    Thread.ofVirtual()
        .name("install-" + requirements.key())
        .start(() -> {
          try {
            Installed installed = install(build);
            timed.ended(installed.exit() == 0);
            end.complete(installed);
          } catch (IOException | InterruptedException | RuntimeException e) {
            LOG.errorf(e, "Installing into %s failed", home);
            timed.ended(false);
            end.completeExceptionally(e);
          } finally {
            building.remove(requirements.key());
          }
        });
    return new Building(build, end);
  }

  private Installed install(EnvironmentBuild build) throws IOException, InterruptedException {
    OptionalInt exit = build.run(new Bell(), untilClosed);
    if (closed) {
      return new Installed(-1, "");
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
    return new Installed(code, lastLines);
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
        Files.deleteIfExists(home.resolve("current"));
        Trees.delete(home);
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
  void close() {
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
