package io.byoa.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Python programs, run to their end. */
public final class RealPython {

  private RealPython() {}

  /** The output lines of a program given as text, which reads {@code input} line by line. */
  public static List<String> lines(String program, List<String> input) {
    return run(List.of("python3", "-c", program), Map.of(), input);
  }

  /** The output lines of a command; an exit code other than 0 is an error with all it wrote. */
  public static List<String> run(
      List<String> command, Map<String, String> variables, List<String> input) {
    try {
      Path folder = Files.createTempDirectory("byoa-python");
      try {
        return run(folder, command, variables, input);
      } finally {
        for (String file : List.of("in", "out", "err")) {
          Files.deleteIfExists(folder.resolve(file));
        }
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> run(
      Path folder, List<String> command, Map<String, String> variables, List<String> input)
      throws IOException {
    Files.write(folder.resolve("in"), input, UTF_8);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(folder.resolve("in").toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    builder.environment().put("PYTHONUTF8", "1");
    builder.environment().putAll(variables);
    Process process = builder.start();
    try {
      if (!process.waitFor(5, TimeUnit.MINUTES)) {
        throw new AssertionError("Took too long: " + command);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } finally {
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      throw new AssertionError(
          "%s ended with %d%n%s%n%s"
              .formatted(
                  command,
                  process.exitValue(),
                  Files.readString(folder.resolve("out"), UTF_8),
                  Files.readString(folder.resolve("err"), UTF_8)));
    }
    return Files.readAllLines(folder.resolve("out"), UTF_8);
  }
}
