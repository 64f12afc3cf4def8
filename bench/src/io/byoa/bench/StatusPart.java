package io.byoa.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Status reads while a job runs, against a bare endpoint that reads a row of the same size. */
final class StatusPart {

  private static final int CONNECTIONS = 16;
  private static final double RATE = 1_000;

  /** Trains for as long as it is told, and says something ten times a second. */
  static final String RUNNING =
      """
      import json, os, time
      end = time.time() + json.loads(os.environ["SM_HPS"])["seconds"]
      while time.time() < end:
          print("x=%f;" % time.time(), flush=True)
          time.sleep(0.1)
      """;

  private StatusPart() {}

  static void measure(Scale scale, Path folder) throws IOException, InterruptedException {
    Path data = folder.resolve("data");
    try (Server server = Server.byoa(data, Map.of());
        Client client = new Client(server, data)) {
      client.publish("running", RUNNING);
      String job = client.launch("running", "{\"hyperParameters\": {\"seconds\": 3600}}");
      client.await(job, List.of("InProgress"));
      Thread.sleep(2_000);
      String path = "/api/v1/jobs/" + job;
      String body = client.get(path);
      Database database = Database.of(data);
      BareRows.create(database, body);
      byte[] status = Connection.request("GET", path, client.token(), null);
      byte[] row = Connection.request("GET", "/rows/one", null, null);
      try (Server bare = Server.bare(database, folder.resolve("bare"))) {
        Load theirs = new Load(bare.port(), CONNECTIONS, 200, n -> row);
        Load ours = new Load(server.port(), CONNECTIONS, 200, n -> status);
        Ratio ratio = Ratio.measure(scale, ours, theirs);
        Report.row(
            "status reads (%d bytes, authenticated) ÷ bare one-row reads"
                .formatted(body.length()),
            "≥ 0.5",
            ratio.toString(),
            ratio.median() >= 0.5);
      }
      Latencies steady =
          new Load(server.port(), CONNECTIONS, 200, n -> status)
              .latencies(RATE, scale.steady());
      Report.row(
          "status reads at 1,000/s while the job runs",
          "p99 ≤ 15 ms",
          steady.toString(),
          steady.millis(0.99) <= 15);
      client.stop(job);
    }
  }
}
