package io.byoa.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where tests put what they make, and what they keep from one run to the next: under the build
 * folder.
 */
public final class Scratch {

  private Scratch() {}

  /** The folder under which PostgreSQL's programs are unpacked once for all tests. */
  public static Path postgresBinaries() {
    return create(buildFolder().resolve("postgres"));
  }

  /** A new, empty folder. */
  public static Path folder(String prefix) {
    try {
      return Files.createTempDirectory(create(buildFolder().resolve("scratch")), prefix + "-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes a tree; what is not there is fine. */
  public static void delete(Path tree) {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : paths.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path buildFolder() {
    return create(Path.of("target").toAbsolutePath());
  }

  private static Path create(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
