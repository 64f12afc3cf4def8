package io.byoa.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** From {@code make run} to the first "ready", database included; and what it weighs then. */
final class StartPart {

  private static final int SETTLING = 15_000;

  private StartPart() {}

  static void measure(Scale scale, Path folder) throws IOException, InterruptedException {
    Path data = folder.resolve("data");
    long begun = System.nanoTime();
    Server.byoa(data, Map.of()).close();
    double first = (System.nanoTime() - begun) / 1e9;
    double[] seconds = new double[scale.starts()];
    for (int i = 0; i < seconds.length; i++) {
      begun = System.nanoTime();
      Server server = Server.byoa(data, Map.of());
      seconds[i] = (System.nanoTime() - begun) / 1e9;
      server.close();
    }
    Report.row(
        "ready after `make run`, warm",
        "≤ 2 s",
        Report.spread(seconds, "%.2f s"),
        Report.median(seconds) <= 2);
    Report.row("the very first start, database created", "", Report.round(first) + " s", true);

    try (Server server = Server.byoa(data, Map.of())) {
      Thread.sleep(SETTLING);
      double resident = server.residentMiB();
      Report.row(
          "resident, idle for 15 s, database included",
          "≤ 400 MB",
          "%.0f MiB; %.0f MiB if shared pages count in each process that maps them"
              .formatted(resident, server.summedResidentMiB()),
          resident * 1.048576 <= 400);
    }
  }
}
