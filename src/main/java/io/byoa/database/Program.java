package io.byoa.database;

import io.byoa.common.StartRefused;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs short programs to their end and says how they ended. */
final class Program {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private Program() {}

  /**
   * How a program ended.
   *
   * @param exitCode as the system reports it; 127 when it could not be started
   * @param output what it said on both streams
   */
  record Outcome(int exitCode, String output) {

    boolean succeeded() {
      return exitCode == 0;
    }

    /** The end of what it said, in one line. */
    String lastWords() {
      List<String> lines = output.lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
      String end = String.join(" | ", lines.subList(Math.max(0, lines.size() - 4), lines.size()));
      return end.isEmpty() ? "exit code " + exitCode : end;
    }
  }

  static Outcome run(List<String> command) {
    return run(command, "");
  }

  /** Runs the program with {@code input} on its standard input, for at most five minutes. */
  static Outcome run(List<String> command, String input) {
    try {
      Process process = prepare(command).redirectErrorStream(true).start();
      Thread.Builder watch = Thread.ofVirtual().name("patience with " + command.getFirst());
      Thread watchdog = watch.start(() -> endAfterPatience(process));
      try (OutputStream stdin = process.getOutputStream()) {
        stdin.write(input.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // It ended without reading; its exit code and output tell.
      }
      String output;
      try (InputStream stdout = process.getInputStream()) {
        output = new String(stdout.readAllBytes(), StandardCharsets.UTF_8);
      }
      int exitCode = process.waitFor();
      watchdog.interrupt();
      return new Outcome(exitCode, output);
    } catch (IOException e) {
      return new Outcome(127, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartRefused("Interrupted while waiting for " + command.getFirst() + ".", e);
    }
  }

  /** A process that inherits nothing of the server's environment but the search path. */
  static ProcessBuilder prepare(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    String path = environment.getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin");
    environment.clear();
    environment.put("PATH", path);
    environment.put("LC_ALL", "C");
    environment.put("TZ", "UTC");
    return builder;
  }

  private static void endAfterPatience(Process process) {
    try {
      if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
