package io.byoa.engine.local.input;

import io.byoa.store.ObjectStore;
import io.byoa.store.StoredObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Unpacks a version's code: a canonical tar, verified as a whole before the first file. */
public final class CodeArchive {

  private CodeArchive() {}

  /**
   * Puts the files where they belong below a folder.
   *
   * @throws io.byoa.common.FailureException when the code cannot be had, or is not what it was
   */
  public static void unpack(ObjectStore store, StoredObject code, Path target) throws IOException {
    try (TarArchiveInputStream tar = new TarArchiveInputStream(store.openVerified(code))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = inside(target, entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else if (entry.isFile() && !entry.isSymbolicLink() && !entry.isLink()) {
          createParents(path);
          Files.copy(tar, path);
          boolean executable = (entry.getMode() & 0100) != 0;
          Files.setPosixFilePermissions(
              path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        } else {
          throw new IOException("Neither file nor folder in the code: " + entry.getName());
        }
      }
    }
  }

  static void createParents(Path path) throws IOException {
    Path parent = path.getParent();
    if (parent != null && !Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(parent);
    }
  }

  /** Names were checked when they were stored; a second look costs nothing. */
  public static Path inside(Path base, String name) throws IOException {
    Path path = base.resolve(name).normalize();
    if (!path.startsWith(base)) {
      throw new IOException("Outside of its folder: " + name);
    }
    return path;
  }
}
