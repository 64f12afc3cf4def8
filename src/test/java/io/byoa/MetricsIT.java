package io.byoa;

import static org.assertj.core.api.Assertions.assertThat;

import io.byoa.testing.Api;
import io.byoa.testing.RunningServer;
import io.byoa.testing.ShellAlgorithm;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a Prometheus finds on the management port of a server that has done some work. */
final class MetricsIT {

  private static final Path GUIDE = Path.of("docs/guide/observability.md");

  /** {@code | `name` | type | labels | description |}. */
  private static final Pattern ROW =
      Pattern.compile("^\\| `(byoa_\\w+)` \\| (\\w+) \\|([^|]*)\\| (.+) \\|$", Pattern.MULTILINE);

  private static final Pattern HELP =
      Pattern.compile("^# HELP (byoa_\\w+) (.+)$", Pattern.MULTILINE);

  /** What a Prometheus 3 sends. */
  private static final String PROMETHEUS =
      "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
          + "application/openmetrics-text;version=0.0.1;q=0.5,"
          + "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,"
          + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2";

  @TempDir static Path folder;

  private static RunningServer server;
  private static Api api;
  private static String waiting;
  private static String training;

  @BeforeAll
  static void doSomeWork() {
    server =
        RunningServer.start(
            folder.resolve("data"),
            Map.of("BYOA_ENGINE_LOCAL_SLOTS", "1", "QUARKUS_LOG_LEVEL", "INFO"));
    api = new Api(server);
    api.publish(ShellAlgorithm.write(folder, "quick", "echo done\n"));
    api.publish(ShellAlgorithm.write(folder, "broken", "echo failing; exit 3\n"));
    api.publish(ShellAlgorithm.write(folder, "endless", "while :; do sleep 0.1; done\n"));
    api.awaitEnd(api.launch("quick", "1.0.0", "{}"));
    api.awaitEnd(api.launch("broken", "1.0.0", "{}"));
    training = api.launch("endless", "1.0.0", "{}");
    Awaitility.await().until(() -> secondaryStatus(training).equals("Training"));
    waiting = api.launch("quick", "1.0.0", "{}");
    Awaitility.await().until(() -> secondaryStatus(waiting).equals("WaitingForSlot"));
  }

  @AfterAll
  static void stop() {
    api.post("/api/v1/jobs/" + training + "/stop", "");
    api.awaitEnd(waiting);
    server.close();
  }

  /** A metric family, as a reader of the guide needs to know it. */
  private record Family(String name, String type, SortedSet<String> labels, String description) {}

  @Test
  void theGuideListsWhatIsExposedAndNothingElse() throws Exception {
    Awaitility.await("the next count of the jobs")
        .atMost(Duration.ofSeconds(20))
        .until(() -> scrape().contains("byoa_jobs_waiting_age_seconds{"));

    assertThat(exposed(scrape()).values()).containsExactlyElementsOf(documented().values());
  }

  @Test
  void jobsAreCountedByWhereTheyStand() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() ->
            assertThat(scrape().lines())
                .contains(
                    "byoa_jobs_current{engine=\"local\",secondary_status=\"Training\",status=\"InProgress\"} 1.0",
                    "byoa_jobs_current{engine=\"local\",secondary_status=\"WaitingForSlot\",status=\"Queued\"} 1.0",
                    "byoa_jobs_ended_total{engine=\"local\",failure=\"none\",status=\"Completed\"} 1.0",
                    "byoa_jobs_ended_total{engine=\"local\",failure=\"program-failed\",status=\"Failed\"} 1.0",
                    "byoa_jobs_accepted_total{engine=\"local\"} 4.0",
                    "byoa_jobs_queue_seconds_count{engine=\"local\"} 3.0",
                    "byoa_jobs_launch_seconds_count{engine=\"local\"} 3.0",
                    "byoa_jobs_training_seconds_count{engine=\"local\",status=\"Completed\"} 1.0",
                    "byoa_jobs_training_seconds_count{engine=\"local\",status=\"Failed\"} 1.0",
                    "byoa_jobs_log_bytes_total 13.0",
                    "byoa_jobs_log_lines_total 2.0",
                    "byoa_engine_local_slots 1.0",
                    "byoa_engine_local_slots_used 1.0",
                    "byoa_engine_local_launches_total{answer=\"accepted\"} 3.0"));
  }

  @Test
  void whatThereIsNoneOfIsCountedToo() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() ->
            assertThat(scrape().lines())
                .contains(
                    "byoa_jobs_current{engine=\"local\",secondary_status=\"none\",status=\"Stopping\"} 0.0"));
  }

  @Test
  void needATokenAndAViewersIsEnough() throws Exception {
    assertThat(metrics("").statusCode()).isEqualTo(401);
    assertThat(metrics("Bearer byoa_vie_000000000000000000000000000000000000").statusCode())
        .isEqualTo(401);
    assertThat(metrics("Bearer " + viewer()).statusCode()).isEqualTo(200);
  }

  @Test
  void requestsAreToldApartByRouteAndByWhetherTheyWait() throws Exception {
    api.get("/api/v1/jobs/" + training);
    api.get("/api/v1/jobs/" + training + "?wait=200ms");
    api.ask("GET", "/api/v1/jobs/01JD00000000000000000NOBODY", "");
    api.ask("GET", "/no/such/" + System.nanoTime(), "");
    leaveAStream("/api/v1/jobs/" + training + "/events");
    leaveAStream("/api/v1/events");

    Awaitility.await()
        .untilAsserted(() ->
            assertThat(uris(scrape()))
                .contains(
                    "answer /api/v1/jobs/{job}",
                    "wait /api/v1/jobs/{job}",
                    "answer NOT_FOUND",
                    "broken /api/v1/events"));
    assertThat(uris(scrape())).noneMatch(uri -> uri.matches(".*[0-9A-Z]{20}.*|.*/no/such.*"));
    assertThat(server.output()).doesNotContain("WARN", "ERROR");
  }

  private static void leaveAStream(String path) throws IOException, InterruptedException {
    try (Socket socket = new Socket("localhost", server.uri("").getPort())) {
      String request =
          "GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n\r\n"
              .formatted(path, viewer());
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      assertThat(socket.getInputStream().read()).isNotNegative();
    }
  }

  private static SortedSet<String> uris(String scraped) {
    return Pattern.compile("^http_server_requests_seconds_count\\{(.*)}", Pattern.MULTILINE)
        .matcher(scraped)
        .results()
        .map(line -> label(line.group(1), "kind") + " " + label(line.group(1), "uri"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String label(String labels, String name) {
    return Pattern.compile(name + "=\"([^\"]*)\"")
        .matcher(labels)
        .results()
        .findFirst()
        .orElseThrow()
        .group(1);
  }

  private static Map<String, Family> documented() throws IOException {
    return ROW.matcher(Files.readString(GUIDE))
        .results()
        .map(row ->
            new Family(row.group(1), row.group(2), labels(row.group(3)), row.group(4).strip()))
        .collect(Collectors.toMap(Family::name, family -> family, (a, b) -> b, TreeMap::new));
  }

  private static SortedSet<String> labels(String cell) {
    return Pattern.compile("`(\\w+)`")
        .matcher(cell)
        .results()
        .map(label -> label.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Maxima of timers are not listed one by one. */
  private static Map<String, Family> exposed(String scraped) {
    return HELP.matcher(scraped)
        .results()
        .filter(help -> !help.group(1).endsWith("_seconds_max"))
        .map(help -> family(scraped, help))
        .collect(Collectors.toMap(Family::name, family -> family, (a, b) -> b, TreeMap::new));
  }

  private static Family family(String scraped, MatchResult help) {
    String name = help.group(1);
    String type =
        Pattern.compile("^# TYPE " + name + " (\\w+)$", Pattern.MULTILINE)
            .matcher(scraped)
            .results()
            .findFirst()
            .orElseThrow()
            .group(1);
    SortedSet<String> labels =
        Pattern.compile("^" + name + "(?:_total|_count|_sum)?\\{([^}]*)}", Pattern.MULTILINE)
            .matcher(scraped)
            .results()
            .flatMap(line -> Pattern.compile("(\\w+)=\"").matcher(line.group(1)).results())
            .map(label -> label.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    return new Family(
        name.endsWith("_total") || !type.equals("counter") ? name : name + "_total",
        type,
        labels,
        help.group(2));
  }

  private static String secondaryStatus(String job) {
    return api.get("/api/v1/jobs/" + job).path("secondaryStatus").asText();
  }

  private static String viewer() {
    return api.post(
            "/api/v1/tokens",
            "{ \"name\": \"prometheus-%d\", \"role\": \"viewer\" }".formatted(System.nanoTime()))
        .path("token")
        .asText();
  }

  private static String scrape() throws IOException, InterruptedException {
    return metrics("Bearer " + Files.readString(server.data().resolve("admin-token")).strip())
        .body()
        .replace(",}", "}");
  }

  private static HttpResponse<String> metrics(String authorization)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.management("/q/metrics")).header("Accept", PROMETHEUS);
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), BodyHandlers.ofString());
    }
  }
}
