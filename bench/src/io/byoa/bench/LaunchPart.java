package io.byoa.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Launches, committed before they are answered, against a bare endpoint with two inserts. */
final class LaunchPart {

  private static final int CONNECTIONS = 16;
  private static final double RATE = 200;

  private LaunchPart() {}

  /** Stops what runs, once nothing is in line any more that would run next. */
  private static void stopAll(Database database, Client client, String job)
      throws IOException, InterruptedException {
    database.execute("UPDATE job SET due_at = NULL, owner = NULL WHERE status = 'Queued'");
    client.stop(job);
  }

  static void measure(Scale scale, Path folder) throws IOException, InterruptedException {
    Path data = folder.resolve("data");
    // One slot, and it is taken: what is measured is accepting, not running.
    try (Server server = Server.byoa(data, Map.of("BYOA_ENGINE_LOCAL_SLOTS", "1"));
        Client client = new Client(server, data)) {
      client.publish("running", StatusPart.RUNNING);
      String job = client.launch("running", "{\"hyperParameters\": {\"seconds\": 7200}}");
      client.await(job, List.of("InProgress"));
      Database database = Database.of(data);
      BareRows.create(database, "{}");
      String content = client.get("/api/v1/jobs/" + job);
      byte[] launch =
          Connection.request(
              "POST",
              Client.launchPath("running"),
              client.token(),
              "{\"hyperParameters\": {\"seconds\": 60}, \"tags\": {\"project\": \"bench\"}}");
      byte[] rows = Connection.request("POST", "/rows", null, content);
      Load load = new Load(server.port(), CONNECTIONS, 202, n -> launch);
      load.latencies(RATE, scale.warmUp());
      Latencies steady = load.latencies(RATE, scale.steady());
      try (Server bare = Server.bare(database, folder.resolve("bare"))) {
        Ratio ratio =
            Ratio.measure(
                scale,
                load,
                new Load(bare.port(), CONNECTIONS, 202, n -> rows));
        Report.row(
            "launches accepted ÷ bare transactions of two inserts",
            "≥ 0.3",
            ratio.toString(),
            ratio.median() >= 0.3);
      }
      stopAll(database, client, job);
      Report.row(
          "launches at 200/s", "p99 ≤ 15 ms", steady.toString(), steady.millis(0.99) <= 15);
    }
  }
}
