package io.byoa.engine.local.process;

import io.byoa.engine.local.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Starts and signals {@code supervisor.sh}, which runs a program and outlives this server.
 *
 * @param script where the script is on this machine
 * @param grace between SIGTERM and SIGKILL
 * @param logLimit bytes
 */
public record Supervisor(Path script, Duration grace, long logLimit) {

  private static final long BLOCK = 512;

  /**
   * Starts the program, unless it was started before: the supervisor's lock decides.
   *
   * @param limit until the program is stopped by itself; zero for never
   * @param cgroups files that the program's pid is written to
   */
  public Process start(
      AttemptFolder attempt, Path log, Sandbox.Command command, Duration limit, List<Path> cgroups)
      throws IOException {
    if (!Files.exists(attempt.command())) {
      command.write(attempt.path());
    }
    List<String> argv = new ArrayList<>(List.of("setsid", "sh", script.toString()));
    argv.add(attempt.path().toString());
    argv.add(log.toString());
    argv.add(Long.toString(Math.max(1, logLimit / BLOCK)));
    argv.add(Long.toString(limit.isZero() ? 0 : Math.max(1, limit.toSeconds())));
    argv.add(Long.toString(grace.toSeconds()));
    cgroups.forEach(file -> argv.add(file.toString()));
    ProcessBuilder builder = new ProcessBuilder(argv);
    builder.environment().clear();
    builder.environment().put("PATH", Sandbox.PATH);
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(attempt.complaints().toFile()));
    return builder.start();
  }

  /** Asks for SIGTERM, the grace period, SIGKILL. */
  static void stop(ProcessIdentity supervisor) throws IOException, InterruptedException {
    signal(supervisor, "USR1");
  }

  /** Asks for SIGKILL. */
  static void kill(ProcessIdentity supervisor) throws IOException, InterruptedException {
    signal(supervisor, "USR2");
  }

  private static void signal(ProcessIdentity supervisor, String signal)
      throws IOException, InterruptedException {
    if (!supervisor.alive()) {
      return;
    }
    Process kill =
        new ProcessBuilder(
                "sh", "-c", "kill -s \"$1\" \"$2\"", "sh", signal, Long.toString(supervisor.pid()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!kill.waitFor(10, TimeUnit.SECONDS)) {
      kill.destroyForcibly();
    }
  }
}
