package io.byoa.database;

import io.byoa.common.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * A main process of PostgreSQL that serves a given database folder.
 *
 * @param pid its process id
 */
record Postmaster(long pid) {

  private static final Duration POLL = Duration.ofMillis(5);

  /**
   * The process that {@code postmaster.pid} names, if it lives and really is a PostgreSQL of this
   * folder. The file alone proves nothing: after a crash its number may belong to anybody.
   */
  static Optional<Postmaster> of(Path database) {
    return PidFile.read(database)
        .map(file -> new Postmaster(file.pid()))
        .filter(candidate -> candidate.isAlive() && candidate.serves(database));
  }

  /** PostgreSQL's main process works in its database folder; nobody else's does. */
  private boolean serves(Path database) {
    try {
      String name = Files.readString(proc("comm")).strip();
      return name.equals("postgres") && Files.isSameFile(proc("cwd"), database);
    } catch (IOException e) {
      // It ended meanwhile, or belongs to a user whose processes we may not look into.
      return false;
    }
  }

  /** Whether it runs; a zombie that nobody has collected does not. */
  boolean isAlive() {
    try {
      String stat = Files.readString(proc("stat"));
      char state = stat.charAt(stat.lastIndexOf(')') + 2);
      return state != 'Z' && state != 'X';
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Ends it: first as PostgreSQL's "fast" shutdown, which ends sessions and writes a checkpoint;
   * then as "immediate", from which it recovers at the next start; at last by force.
   */
  void stop(Duration patience) {
    for (String signal : List.of("INT", "QUIT", "KILL")) {
      Program.run(List.of("sh", "-c", "kill -$0 $1", signal, Long.toString(pid)));
      if (endsWithin(patience)) {
        return;
      }
    }
    throw new StartRefused(
        "PostgreSQL (process %d) does not end, not even by force; the machine's disk may hang."
            .formatted(pid));
  }

  boolean endsWithin(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (isAlive()) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      // It is not always a child of ours, so there is nothing to wait on but /proc.
      LockSupport.parkNanos(POLL.toNanos());
    }
    return true;
  }

  private Path proc(String file) {
    return Path.of("/proc", Long.toString(pid), file);
  }
}
