package io.byoa.bundle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/** A fresh folder (0700) for one bundle, gone with all it holds when closed. */
final class WorkFolder implements AutoCloseable {

  static final String PREFIX = "bundle-";

  private final Path path;

  WorkFolder(Path parent) throws IOException {
    var ours = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    Files.createDirectories(parent, ours);
    path = Files.createTempDirectory(parent, PREFIX, ours);
  }

  Path file(String name) {
    return path.resolve(name);
  }

  @Override
  public void close() {
    try {
      delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes a folder that holds files only. */
  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.toList();
      for (Path file : all) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException e) {
      return; // Gone already.
    }
    Files.deleteIfExists(folder);
  }
}
