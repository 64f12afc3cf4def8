package io.byoa.engine.local.output;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A folder that a program filled with whatever it liked, walked in the order of paths. Links are
 * never followed: they may point to what the program could not read itself. What a walk holds is
 * the names in the folders on its way, never more than the limit lets through.
 *
 * @param base what the server made
 * @param folder below it; each step of the way is checked for links
 */
record OutputTree(Path base, String folder, OutputLimits limits) {

  /** Takes one regular file. */
  @FunctionalInterface
  interface Visitor {
    void file(String relative, Path path) throws IOException;
  }

  /** Whether each step of the way is a folder and not a link to one. */
  boolean exists() {
    Path path = base;
    for (String step : folder.split("/", -1)) {
      path = path.resolve(step);
      if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
    }
    return true;
  }

  /** Refuses a folder that holds too much, before anything is done with it. */
  void check() throws IOException {
    walk((relative, path) -> {}, sentence -> {});
  }

  /**
   * Visits the regular files, sorted by path.
   *
   * @param leftOut told of everything else, a sentence each
   */
  void walk(Visitor visitor, Consumer<String> leftOut) throws IOException {
    if (exists()) {
      new Walk(leftOut).run(visitor);
    }
  }

  /** A name in a folder; a file has no slash at its end, so that sorting goes by whole paths. */
  private record Name(Path file, String sorted) {
    private boolean isFolder() {
      return sorted.endsWith("/");
    }
  }

  /** A folder on the way, and what is still to come of it. */
  private record Level(Path path, String prefix, Iterator<Name> names) {}

  private final class Walk {
    private final Consumer<String> leftOut;
    private long bytes;
    private int files;

    private Walk(Consumer<String> leftOut) {
      this.leftOut = leftOut;
    }

    private void run(Visitor visitor) throws IOException {
      // Not by recursion: a program may nest folders deeper than a stack is.
      Deque<Level> way = new ArrayDeque<>();
      way.push(level(base.resolve(folder), ""));
      while (!way.isEmpty()) {
        Level here = way.element();
        if (!here.names().hasNext()) {
          way.pop();
          continue;
        }
        Name next = here.names().next();
        Path path = here.path().resolve(next.file());
        if (next.isFolder()) {
          way.push(level(path, here.prefix() + next.sorted()));
        } else {
          visitor.file(here.prefix() + next.sorted(), path);
        }
      }
    }

    private Level level(Path path, String prefix) throws IOException {
      List<Name> names = new ArrayList<>();
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
        for (Path entry : entries) {
          Path file = Objects.requireNonNull(entry.getFileName());
          BasicFileAttributes what =
              Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
          if (what.isDirectory()) {
            count(0);
            names.add(new Name(file, file + "/"));
          } else if (what.isRegularFile()) {
            count(what.size());
            names.add(new Name(file, file.toString()));
          } else {
            leftOut.accept(
                "%s/%s is %s and was left out."
                    .formatted(
                        folder,
                        prefix + file,
                        what.isSymbolicLink() ? "a symbolic link" : "not a regular file"));
          }
        }
      } catch (java.nio.file.DirectoryIteratorException e) {
        throw e.getCause();
      }
      names.sort(Comparator.comparing(Name::sorted));
      return new Level(path, prefix, names.iterator());
    }

    private void count(long size) throws IOException {
      bytes += size;
      files++;
      limits.check(folder, bytes, files);
    }
  }
}
