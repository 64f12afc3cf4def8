package io.byoa.engine.local.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Processes that a program left behind where no namespace ends them: found by their environment,
 * which names the launch's folder in many places. A program that clears it gets away; that is what
 * the weakest sandbox is worth.
 */
final class Leftovers {

  private Leftovers() {}

  /**
   * Kills every process whose environment mentions the folder.
   *
   * @param supervisor whose own session is spared; 0 when it is gone
   */
  static void kill(Path folder, long supervisor) throws IOException {
    String mark = folder + "/";
    for (ProcessTable.Stat stat : ProcessTable.now().processes().values()) {
      if (stat.session() != supervisor && environment(stat.pid()).contains(mark)) {
        ProcessHandle.of(stat.pid()).ifPresent(ProcessHandle::destroyForcibly);
      }
    }
  }

  /**
   * Kills what a supervisor that is gone has left in its own session: its timers and its writer.
   */
  static void killSession(ProcessIdentity supervisor) throws IOException {
    for (ProcessTable.Stat stat : ProcessTable.now().processes().values()) {
      // Whoever is older than the supervisor belongs to another session that had this number.
      if (stat.session() == supervisor.pid() && stat.started() >= supervisor.started()) {
        ProcessHandle.of(stat.pid()).ifPresent(ProcessHandle::destroyForcibly);
      }
    }
  }

  private static String environment(long pid) {
    try {
      return Files.readString(
          Path.of("/proc", Long.toString(pid), "environ"), StandardCharsets.ISO_8859_1);
    } catch (IOException notOurs) {
      return "";
    }
  }
}
