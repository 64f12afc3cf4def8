package io.byoa.engine.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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
record Supervisor(Path script, Duration grace, long logLimit) {

  /** What the supervisor and the sandbox's own tools are found in. */
  static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private static final long BLOCK = 512;

  /** Puts a script from the class path where a shell can read it. */
  static Path install(Path folder, String name) throws IOException {
    Path file = folder.resolve(name);
    try (InputStream in = Supervisor.class.getResourceAsStream("/engine/local/" + name)) {
      if (in == null) {
        throw new IOException("Not in this build: " + name);
      }
      AtomicFile.write(file, in.readAllBytes());
    }
    return file;
  }

  /** Writes the command line where a shell reads it: {@code . ./command; exec "$@"}. */
  static void write(AttemptFolder attempt, Sandbox.Command command) throws IOException {
    Files.writeString(attempt.arguments(), command.arguments());
    String open = command.arguments().isEmpty() ? "" : "exec 7<arguments\n";
    AtomicFile.replace(
        attempt.command(),
        (open + "set -- " + ShellWords.quote(command.argv()) + "\n")
            .getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Starts the program, unless it was started before: the supervisor's lock decides.
   *
   * @param limit until the program is stopped by itself; zero for never
   * @param cgroups files that the program's pid is written to
   */
  Process start(
      AttemptFolder attempt, Path log, Sandbox.Command command, Duration limit, List<Path> cgroups)
      throws IOException {
    if (!Files.exists(attempt.command())) {
      write(attempt, command);
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
    builder.environment().put("PATH", PATH);
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
