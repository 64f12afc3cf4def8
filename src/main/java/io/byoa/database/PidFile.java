package io.byoa.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What PostgreSQL writes into {@code postmaster.pid}.
 *
 * @param pid the first line
 * @param port the fourth line, 0 while it is not there yet
 * @param ready whether the eighth line says that connections are accepted
 */
record PidFile(long pid, int port, boolean ready) {

  static Path in(Path database) {
    return database.resolve("postmaster.pid");
  }

  /** Empty when there is no such file, or none that can be understood. */
  static Optional<PidFile> read(Path database) {
    try {
      List<String> lines = Files.readAllLines(in(database), StandardCharsets.ISO_8859_1);
      if (lines.isEmpty()) {
        return Optional.empty();
      }
      long pid = Math.abs(Long.parseLong(lines.getFirst().strip()));
      int port = lines.size() > 3 ? Integer.parseInt(lines.get(3).strip()) : 0;
      boolean ready = lines.size() > 7 && lines.get(7).strip().equals("ready");
      return Optional.of(new PidFile(pid, port, ready));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /**
   * Removes the file when the process it names is somebody else's, or a zombie: PostgreSQL would
   * take either for itself and refuse to start. A file whose process is gone it handles alone.
   */
  static void removeIfForeign(Path database) throws IOException {
    PidFile file = read(database).orElse(null);
    if (file == null || Postmaster.of(database).isPresent()) {
      return;
    }
    if (Files.exists(Path.of("/proc", Long.toString(file.pid)))) {
      Files.deleteIfExists(in(database));
    }
  }
}
