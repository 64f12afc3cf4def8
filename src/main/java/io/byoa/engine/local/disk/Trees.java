package io.byoa.engine.local.disk;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Folders that a program has filled, with whatever it liked; links in them are never followed. */
public final class Trees {

  private Trees() {}

  /** How long the tools may take for what is not ours to interrupt in between. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** Removes the folder and everything in it; nothing happens when it is not there. */
  public static void delete(Path folder) throws IOException {
    boolean ignored = delete(folder, () -> PATIENCE);
  }

  /**
   * Removes as much of the folder as there is time for; another call goes on with the rest.
   *
   * @param left how much time is left, asked after each file
   * @return whether nothing is left of it
   */
  static boolean delete(Path folder, Supplier<Duration> left) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return true;
    }
    try {
      Files.walkFileTree(folder, new Deletion(left));
    } catch (IOException e) {
      deleteStubborn(folder, left.get(), e);
    }
    return !Files.exists(folder, LinkOption.NOFOLLOW_LINKS);
  }

  /** Paths longer than the system takes, folders without permissions: the tools can do it. */
  private static void deleteStubborn(Path folder, Duration atMost, IOException why)
      throws IOException {
    boolean ended = false;
    try {
      Process process =
          new ProcessBuilder(
                  "sh", "-c", "chmod -R u+rwX -- \"$1\"; rm -rf -- \"$1\"", "sh", folder.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      ended = process.waitFor(Math.max(1, atMost.toMillis()), TimeUnit.MILLISECONDS);
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (ended && Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw why;
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    private final Supplier<Duration> left;

    private Deletion(Supplier<Duration> left) {
      this.left = left;
    }

    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
      Files.delete(path);
      return next();
    }

    @Override
    public FileVisitResult postVisitDirectory(Path path, @Nullable IOException e)
        throws IOException {
      if (e != null) {
        throw e;
      }
      Files.delete(path);
      return next();
    }

    private FileVisitResult next() {
      return left.get().isPositive() ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
    }
  }
}
