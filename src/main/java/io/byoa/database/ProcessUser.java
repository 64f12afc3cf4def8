package io.byoa.database;

import io.byoa.common.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A user that a process runs as.
 *
 * @param uid the numeric user id
 * @param gid the numeric id of the user's main group
 */
record ProcessUser(int uid, int gid) {

  private static final Path ACCOUNTS = Path.of("/etc/passwd");

  /**
   * Who PostgreSQL, which refuses to be root, becomes under a server that is. The accounts must
   * exist ({@code initdb} asks for the user's name) and must not be one that jobs run as.
   */
  private static final List<String> UNPRIVILEGED = List.of("byoa", "postgres", "nobody");

  /** Who this JVM runs as. */
  static ProcessUser current() {
    return ownerOf(Path.of("/proc/self"))
        .orElseThrow(() -> new StartRefused("/proc is not mounted; BYOA needs it."));
  }

  /** The owner of a file or folder, when it exists. */
  static Optional<ProcessUser> ownerOf(Path path) {
    try {
      return Optional.of(
          new ProcessUser(
              (Integer) Files.getAttribute(path, "unix:uid"),
              (Integer) Files.getAttribute(path, "unix:gid")));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The first of the accounts that may run PostgreSQL under a root server. */
  static ProcessUser unprivileged() {
    try {
      List<String> lines = Files.readAllLines(ACCOUNTS);
      for (String name : UNPRIVILEGED) {
        for (String line : lines) {
          String[] fields = line.split(":", -1);
          if (fields.length > 3 && fields[0].equals(name)) {
            return new ProcessUser(Integer.parseInt(fields[2]), Integer.parseInt(fields[3]));
          }
        }
      }
    } catch (IOException e) {
      throw new StartRefused("%s cannot be read: %s.".formatted(ACCOUNTS, Reason.of(e)), e);
    }
    throw new StartRefused(
        "PostgreSQL refuses to run as root, and this machine has none of the users %s to run it as. Create one (useradd --system byoa), start BYOA as another user, or set BYOA_DATABASE_URL."
            .formatted(String.join(", ", UNPRIVILEGED)));
  }

  boolean isRoot() {
    return uid == 0;
  }

  void own(Path path) throws IOException {
    Files.setAttribute(path, "unix:uid", uid);
    Files.setAttribute(path, "unix:gid", gid);
  }
}
