package io.byoa.engine.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One process of one boot: a pid alone is used again, a pid with its start time comes back after a
 * reboot.
 *
 * @param started clock ticks between boot and its start, field 22 of {@code /proc/PID/stat}
 * @param boot {@code /proc/sys/kernel/random/boot_id}
 */
public record ProcessIdentity(long pid, long started, String boot) {

  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

  /** Reads the {@code process} file of a supervisor; empty while there is none. */
  static Optional<ProcessIdentity> read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    String[] words = Files.readString(file).strip().split(" ", -1);
    if (words.length != 3) {
      throw new IOException("Not the identity of a process: " + file);
    }
    return Optional.of(
        new ProcessIdentity(Long.parseLong(words[0]), Long.parseLong(words[1]), words[2]));
  }

  /** Whether it still runs; a zombie does not. */
  public boolean alive() throws IOException {
    return Files.readString(BOOT).strip().equals(boot)
        && ProcessTable.stat(pid)
            .filter(stat -> stat.started() == started && stat.running())
            .isPresent();
  }
}
