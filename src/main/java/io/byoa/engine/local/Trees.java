package io.byoa.engine.local;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Folders that a program has filled, with whatever it liked; links in them are never followed. */
final class Trees {

  private Trees() {}

  /** Removes the folder and everything in it; nothing happens when it is not there. */
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      Files.walkFileTree(folder, new Deletion());
    } catch (IOException e) {
      deleteStubborn(folder, e);
    }
  }

  /** Paths longer than the system takes, folders without permissions: the tools can do it. */
  private static void deleteStubborn(Path folder, IOException why) throws IOException {
    try {
      Process process =
          new ProcessBuilder(
                  "sh", "-c", "chmod -R u+rwX -- \"$1\"; rm -rf -- \"$1\"", "sh", folder.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.waitFor(10, TimeUnit.MINUTES);
      process.destroyForcibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw why;
    }
  }

  /** Gives the folder and everything in it to the account. */
  static void give(Path folder, Account account) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes)
              throws IOException {
            return own(path);
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
              throws IOException {
            return own(path);
          }

          private FileVisitResult own(Path path) throws IOException {
            Files.setAttribute(path, "unix:uid", account.uid(), LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:gid", account.gid(), LinkOption.NOFOLLOW_LINKS);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
      Files.delete(path);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path path, @Nullable IOException e)
        throws IOException {
      if (e != null) {
        throw e;
      }
      Files.delete(path);
      return FileVisitResult.CONTINUE;
    }
  }
}
