package io.byoa.database;

import io.byoa.common.StartRefused;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The folder that holds everything an installation keeps: the database, and beside it what other
 * packages put there.
 *
 * @param path absolute and normalised
 */
public record DataFolder(Path path) {

  /** Makes the path absolute; nothing is created. */
  public DataFolder {
    path = path.toAbsolutePath().normalize();
  }

  /**
   * The folder, created when it is missing. Nobody else may list it; when the server runs as root
   * others may pass through it, because PostgreSQL and jobs then run as users of their own.
   *
   * @throws StartRefused when it cannot be created or written to
   */
  public static DataFolder open(Path path) {
    DataFolder folder = new DataFolder(path);
    create(folder.path);
    if (!Files.isWritable(folder.path)) {
      throw new StartRefused(
          "The data folder %s is not writable for this user. Give it to this user, or name another one with BYOA_DATA."
              .formatted(folder.path));
    }
    return folder;
  }

  /** Where the database, its binaries and its password are. */
  Path postgres() {
    return path.resolve("postgres");
  }

  /** Creates a private folder that the unprivileged users of a root server may pass through. */
  static void create(Path path) {
    String mode = ProcessUser.current().isRoot() ? "rwx--x--x" : "rwx------";
    try {
      if (Files.isDirectory(path)) {
        return;
      }
      if (path.getParent() != null) {
        Files.createDirectories(path.getParent());
      }
      Files.createDirectory(path);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    } catch (FileAlreadyExistsException e) {
      throw new StartRefused("%s is needed as a folder but is a file.".formatted(path), e);
    } catch (IOException e) {
      throw new StartRefused(
          "The folder %s cannot be created (%s). Name another data folder with BYOA_DATA."
              .formatted(path, Reason.of(e)),
          e);
    }
  }
}
