package io.byoa.engine.local;

import io.byoa.engine.Orders;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A server reduced to its engine, in a process of its own, so that a test can kill it. */
final class EngineProcess {

  private EngineProcess() {}

  /** Opens the engine in a folder, launches what it is asked to, says so, and stays. */
  public static void main(String[] arguments) throws Exception {
    Workplace place = new Workplace(Path.of(arguments[0]), Map.of("grace", "PT1S", "slots", "8"));
    for (int i = 1; i < arguments.length; i += 3) {
      Orders orders =
          place
              .python(arguments[i + 2])
              .job(arguments[i], 1)
              .maxRuntime(Duration.ofSeconds(Long.parseLong(arguments[i + 1])));
      place.awaitLog(place.launched(orders.order()), "line 0");
    }
    System.out.println("ready");
    Thread.currentThread().join();
  }

  /** Starts one and waits until it is ready. */
  static Process start(Path data, String... jobs) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-cp",
                System.getProperty("java.class.path"),
                EngineProcess.class.getName(),
                data.toString()));
    command.addAll(List.of(jobs));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var reader = process.inputReader();
    for (String line = reader.readLine(); !"ready".equals(line); line = reader.readLine()) {
      if (line == null) {
        throw new IOException("The engine's process ended before it was ready");
      }
    }
    return process;
  }
}
