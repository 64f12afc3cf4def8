package io.byoa.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Filtered lists over many jobs. */
final class ListPart {

  private static final int EACH = 400;

  private ListPart() {}

  static void measure(Scale scale, Path folder) throws IOException, InterruptedException {
    Path data = folder.resolve("data");
    try (Server server = Server.byoa(data, Map.of());
        Client client = new Client(server, data)) {
      client.publish("running", StatusPart.RUNNING);
      client.await(client.launch("running", "{}"), List.of("Completed"));
      fill(Database.of(data), scale.jobs());
      List<String> filters =
          List.of(
              "",
              "?algorithm=algorithm-7",
              "?algorithm=algorithm-7&version=1.3.0",
              "?status=Failed",
              "?status=Completed,Stopped&algorithm=algorithm-3",
              "?tag=project%3Dp42",
              "?tag=project%3Dp42&status=Failed",
              "?requester=token%3Aci-3",
              "?requester=token%3Aci-3&status=Stopped&pageSize=200",
              "?createdAfter=2026-03-01T00:00:00Z&createdBefore=2026-03-02T00:00:00Z");
      Latencies all = new Latencies();
      double worst = 0;
      String slowest = "";
      List<byte[]> requests =
          filters.stream()
              .map(filter ->
                  Connection.request("GET", "/api/v1/jobs" + filter, client.token(), null))
              .toList();
      new Load(server.port(), 2, 200, n -> requests.get((int) (n % requests.size())))
          .latencies(100, scale.warmUp());
      for (String filter : filters) {
        byte[] request = Connection.request("GET", "/api/v1/jobs" + filter, client.token(), null);
        Load load = new Load(server.port(), 2, 200, n -> request);
        Latencies seen = load.latencies(100, Duration.ofMillis(EACH * 10L));
        all.addAll(seen);
        if (seen.millis(0.99) > worst) {
          worst = seen.millis(0.99);
          slowest = filter;
        }
      }
      Report.row(
          "%d filtered lists over %,d jobs".formatted(filters.size(), scale.jobs()),
          "p99 ≤ 20 ms",
          "%s; slowest `%s`: p99 %s ms".formatted(all, slowest, Report.round(worst)),
          worst <= 20);
    }
  }

  /** Many jobs of a year, made from the one that there is. */
  private static void fill(Database database, int jobs) {
    database.execute(
        """
        INSERT INTO job (id, algorithm, version, engine, requester, request, tags, created_at, status,
            secondary_status, message, launch, launching, retries_left, history, started_at, ended_at,
            failure, outputs, billable_seconds, metrics, revision, log_done)
        SELECT '01' || lpad(upper(to_hex(n)), 24, '0'), 'algorithm-' || n %% 20, '1.' || n %% 7 || '.0',
            engine, 'token:ci-' || n %% 11, request,
            jsonb_build_object('project', 'p' || n %% 500, 'stage', 's' || n %% 3),
            timestamptz '2026-01-01' + n * interval '1 year' / %1$d,
            (ARRAY['Completed', 'Completed', 'Completed', 'Failed', 'Stopped'])[1 + n %% 5],
            secondary_status, message, launch, launching, retries_left, history, started_at, ended_at,
            failure, outputs, billable_seconds, metrics, revision, true
        FROM job, generate_series(1, %1$d) n
        """
            .formatted(jobs),
        "VACUUM ANALYZE job");
  }
}
