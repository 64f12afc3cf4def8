package io.byoa.engine.local;

import io.byoa.engine.local.disk.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Measures how long it takes from a launch to the program's first line, beside a bare process.
 * Prints milliseconds; run it by hand or from a benchmark.
 */
final class LaunchOverhead {

  private static final int ROUNDS = 15;
  private static final String PROGRAM = "import time; print(time.time_ns())";

  private LaunchOverhead() {}

  /** Prints medians for the sandbox that is named by the argument. */
  public static void main(String[] arguments) throws Exception {
    Path data = Files.createTempDirectory("byoa");
    try (Workplace place = new Workplace(data, Map.of("sandbox", arguments[0]))) {
      String python =
          place
              .machine
              .runtimes()
              .resolve(new io.byoa.runtime.RuntimeId("python", "3.11"))
              .orElseThrow()
              .location();
      System.out.printf(
          "%s: bare %d ms, launched %d ms%n",
          arguments[0], median(() -> bare(python)), median(() -> launched(place)));
    }
    Trees.delete(data);
  }

  private static long median(LongSupplier measurement) {
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      times.add(measurement.getAsLong());
    }
    times.sort(null);
    return times.get(ROUNDS / 2) / 1_000_000;
  }

  private static long nanos() {
    java.time.Instant now = java.time.InstantSource.system().instant();
    return now.getEpochSecond() * 1_000_000_000 + now.getNano();
  }

  private static long bare(String python) {
    long begun = nanos();
    try {
      Process process = new ProcessBuilder(python, "-c", PROGRAM).start();
      return Long.parseLong(
              new String(
                      process.getInputStream().readAllBytes(),
                      java.nio.charset.StandardCharsets.UTF_8)
                  .strip())
          - begun;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static long launched(Workplace place) {
    io.byoa.engine.TrainingOrder order = place.python(PROGRAM).order();
    long begun = nanos();
    var name = place.launched(order);
    place.ended(name);
    return Long.parseLong(place.log(name).strip()) - begun;
  }
}
