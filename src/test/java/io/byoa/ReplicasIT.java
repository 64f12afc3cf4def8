package io.byoa;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.byoa.database.DataFolder;
import io.byoa.database.DatabaseAddress;
import io.byoa.database.EmbeddedPostgres;
import io.byoa.testing.Api;
import io.byoa.testing.EmbeddedDatabase;
import io.byoa.testing.RunningServer;
import io.byoa.testing.Scratch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two built servers on one PostgreSQL and one store: what one does, the other knows. */
@Timeout(120)
final class ReplicasIT {

  private static final String PROGRAM =
      """
      #!/bin/sh
      for n in 1 2 3 4 5 6 7 8; do echo "step=$n"; sleep 0.1; done
      """;

  private static final String DESCRIPTOR =
      """
      {
        "name": "eight",
        "version": "1.0.0",
        "runtime": { "language": "other" },
        "entryPoint": "run",
        "metrics": [ { "name": "step", "regex": "^step=([0-9]+)$" } ]
      }
      """;

  private static final Path SCRATCH = Scratch.folder("replicas");
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static @Nullable EmbeddedPostgres database;
  private static @Nullable RunningServer first;
  private static @Nullable RunningServer second;
  private static String token = "";

  @BeforeAll
  static void startBoth() throws Exception {
    DataFolder folder = DataFolder.open(SCRATCH.resolve("database"));
    EmbeddedDatabase.copyDatabaseInto(folder.path());
    EmbeddedPostgres postgres =
        EmbeddedPostgres.start(folder, Scratch.postgresBinaries(), Map.of(), step -> {});
    database = postgres;
    DatabaseAddress address = postgres.address();
    Map<String, String> environment =
        Map.of(
            "BYOA_DATABASE_URL", address.url(),
            "BYOA_DATABASE_USER", address.user(),
            "BYOA_DATABASE_PASSWORD", address.password(),
            "BYOA_STORE_FILE_FOLDER", SCRATCH.resolve("store").toString());
    RunningServer a = RunningServer.start(SCRATCH.resolve("a"), environment);
    first = a;
    Path secondData = Files.createDirectories(SCRATCH.resolve("b"));
    second = RunningServer.start(secondData, environment);
    Path tokenFile = a.data().resolve("admin-token");
    token = Files.readString(tokenFile).strip();
    Path algorithm = Files.createDirectories(SCRATCH.resolve("algorithm"));
    Files.writeString(algorithm.resolve("run"), PROGRAM);
    Files.writeString(algorithm.resolve("algorithm.json"), DESCRIPTOR);
    new Api(a).publish(algorithm);
  }

  @AfterAll
  static void stopBoth() {
    for (RunningServer server : new RunningServer[] {first, second}) {
      if (server != null) {
        server.close();
      }
    }
    if (database != null) {
      database.close();
    }
    Scratch.delete(SCRATCH);
  }

  private static RunningServer first() {
    return Objects.requireNonNull(first);
  }

  private static RunningServer second() {
    return Objects.requireNonNull(second);
  }

  /** R5. */
  @Test
  void twoHundredConcurrentLaunchesWithOneKeyAreOneJobWithIdenticalAnswers() throws Exception {
    List<HttpResponse<String>> answers = new ArrayList<>();
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<HttpResponse<String>>> asked =
          IntStream.range(0, 200)
              .mapToObj(i -> clients.submit(() -> launchOnce(i % 2 == 0 ? first() : second())))
              .toList();
      for (Future<HttpResponse<String>> answer : asked) {
        answers.add(answer.get());
      }
    }
    assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(202);
    assertThat(answers.stream().map(HttpResponse::body).distinct()).hasSize(1);
    assertThat(answers.stream().map(answer -> answer.headers().firstValue("Location")).distinct())
        .hasSize(1);
    assertThat(
            answers.stream()
                .filter(answer -> answer.headers().firstValue("Idempotency-Replayed").isEmpty()))
        .as("the first answer")
        .hasSize(1);
    JsonNode jobs = new Api(first()).get("/api/v1/jobs?algorithm=eight&pageSize=200");
    String location = answers.getFirst().headers().firstValue("Location").orElseThrow();
    assertThat(jobs.path("items").valueStream().map(job -> job.path("createdAt").asText()))
        .hasSizeLessThanOrEqualTo(4);
    assertThat(jobs.toString()).contains(location.substring(location.lastIndexOf('/') + 1));
  }

  /** R6, and LISTEN/NOTIFY: the job runs on the first server and is followed on both. */
  @Test
  void eventStreamsThatBreakGoOnAtTheOtherServerWithoutLossOrRepetition() throws Exception {
    List<String> jobs = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      String location =
          launch(first(), "stream-" + i).headers().firstValue("Location").orElseThrow();
      jobs.add(location);
    }
    try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<String>>> streams = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        String job = jobs.get(i % jobs.size());
        int breakAfter = 1 + i % 3;
        streams.add(readers.submit(() -> readInPieces(job + "/events", breakAfter)));
      }
      for (int i = 0; i < streams.size(); i++) {
        List<String> whole = read(first(), jobs.get(i % jobs.size()) + "/events", "", 1_000);
        assertThat(whole).hasSizeGreaterThan(2);
        assertThat(streams.get(i).get()).as(jobs.get(i % jobs.size())).isEqualTo(whole);
      }
    }
    assertThat(first().output() + second().output())
        .as("that clients leave is no trouble")
        .doesNotContain("ERROR", "Exception");
  }

  @Test
  void aChangeOnOneServerWakesAWatcherOfTheOther() throws Exception {
    String job = launch(first(), "watch").headers().firstValue("Location").orElseThrow();
    long began = System.nanoTime();
    HttpResponse<String> ended = ask(second(), job + "?wait=30s");
    Duration waited = Duration.ofNanos(System.nanoTime() - began);
    assertThat(ended.body()).contains("\"status\":\"Completed\"");
    assertThat(waited).as("not the look that comes anyway").isLessThan(Duration.ofSeconds(9));
    assertThat(ask(second(), job + "/logs").body()).contains("step=8");
  }

  /** Reads a stream to its end, changing servers each time it has read a few events. */
  private static List<String> readInPieces(String path, int breakAfter) throws Exception {
    List<String> events = new ArrayList<>();
    String last = "";
    for (int piece = 0; ; piece++) {
      List<String> some = read(piece % 2 == 0 ? second() : first(), path, last, breakAfter);
      events.addAll(some);
      if (some.size() < breakAfter) {
        return events;
      }
      last = some.getLast().substring(0, some.getLast().indexOf(' '));
    }
  }

  /** The ids and data of events, until so many were read or the stream has ended. */
  private static List<String> read(RunningServer server, String path, String last, int most)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = request(server, path).header("Accept", "text/event-stream");
    if (!last.isEmpty()) {
      request.header("Last-Event-ID", last);
    }
    var answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    List<String> events = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      String id = "";
      for (String line = lines.readLine();
          line != null && events.size() < most;
          line = lines.readLine()) {
        if (line.startsWith("id:")) {
          id = line.substring(3).strip();
        } else if (line.startsWith("data:")) {
          events.add(id + " " + line.substring(5).strip());
        }
        if (events.size() == most) {
          break;
        }
      }
    }
    return events;
  }

  /** As a client should: a server that is too busy for so many twins is asked again. */
  private static HttpResponse<String> launchOnce(RunningServer server) throws Exception {
    HttpResponse<String> answer = launch(server, "one");
    for (int i = 0; i < 20 && answer.statusCode() != 202; i++) {
      assertThat(answer.statusCode()).as(answer.body()).isIn(409, 503);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
      answer = launch(server, "one");
    }
    return answer;
  }

  private static HttpResponse<String> launch(RunningServer server, String key)
      throws IOException, InterruptedException {
    return HTTP.send(
        request(server, "/api/v1/algorithms/eight/versions/1.0.0/jobs")
            .header("Idempotency-Key", key)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> ask(RunningServer server, String path)
      throws IOException, InterruptedException {
    return HTTP.send(request(server, path).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(RunningServer server, String path) {
    return HttpRequest.newBuilder(server.uri(path))
        .timeout(Duration.ofSeconds(60))
        .header("Authorization", "Bearer " + token);
  }
}
