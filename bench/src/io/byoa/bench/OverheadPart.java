package io.byoa.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** From "accepted" to the program's first line, beyond what the bare process takes to its own. */
final class OverheadPart {

  private static final String PROGRAM = "import time; print(time.time_ns(), flush=True)\n";

  private static final String PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private OverheadPart() {}

  static void measure(Scale scale, Path folder) throws IOException, InterruptedException {
    Path data = folder.resolve("data");
    double[] beyond = new double[scale.launches()];
    try (Server server = Server.byoa(data, Map.of());
        Client client = new Client(server, data);
        // An HTTP client with threads of its own learns of the answer only when one of them runs.
        Connection connection = new Connection(server.port())) {
      client.publish("first-line", PROGRAM);
      byte[] launch =
          Connection.request("POST", Client.launchPath("first-line"), client.token(), "{}");
      for (int i = -3; i < beyond.length; i++) { // The first ones warm up.
        double bare = bare();
        String answer = connection.ask(launch, 202);
        long accepted = now();
        String job = Client.id(answer);
        client.await(job, List.of("Completed", "Failed"));
        String log = client.get("/api/v1/jobs/" + job + "/logs?limit=1").strip();
        double launched = (Long.parseLong(log.split("\\s+")[0]) - accepted) / 1e6;
        if (i >= 0) {
          beyond[i] = launched - bare;
        }
      }
    }
    Report.row(
        "launch accepted → first line, beyond the bare process",
        "≤ 150 ms",
        Report.spread(beyond, "%.0f ms"),
        Report.median(beyond) <= 150);
  }

  /**
   * With the path of a job, so that it is the same interpreter. The shell says when the process
   * begins, so that this JVM's way to start one does not count.
   */
  private static double bare() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", "date +%s%N; exec python3 -c \"$0\"", PROGRAM);
    builder.environment().put("PATH", PATH);
    Process process = builder.start();
    String[] lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\n");
    return (Long.parseLong(lines[1].strip()) - Long.parseLong(lines[0].strip())) / 1e6;
  }

  private static long now() {
    Instant now = Instant.now();
    return now.getEpochSecond() * 1_000_000_000 + now.getNano();
  }
}
