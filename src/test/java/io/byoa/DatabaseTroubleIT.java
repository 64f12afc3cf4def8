package io.byoa;

import static org.assertj.core.api.Assertions.assertThat;

import io.byoa.database.DataFolder;
import io.byoa.database.DatabaseAddress;
import io.byoa.database.EmbeddedPostgres;
import io.byoa.testing.Api;
import io.byoa.testing.EmbeddedDatabase;
import io.byoa.testing.RunningServer;
import io.byoa.testing.Scratch;
import io.byoa.testing.ShellAlgorithm;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Requirement R9: a database that is frozen, dead or out of connections never hangs a request. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit fills the fields before the tests
final class DatabaseTroubleIT {

  private final Path scratch = Scratch.folder("trouble");
  private final HttpClient http = HttpClient.newHttpClient();
  private EmbeddedPostgres postgres;
  private RunningServer server;
  private String token;

  @BeforeAll
  void start() {
    Path own = scratch.resolve("own");
    EmbeddedDatabase.copyDatabaseInto(DataFolder.open(own).path());
    postgres =
        EmbeddedPostgres.start(
            new DataFolder(own),
            Scratch.postgresBinaries(),
            Map.of(
                "max_connections",
                "20",
                "superuser_reserved_connections",
                "0",
                "reserved_connections",
                "0"),
            step -> {});
    DatabaseAddress address = postgres.address();
    server =
        RunningServer.start(
            scratch.resolve("data"),
            Map.of(
                "BYOA_DATABASE_URL", address.url(),
                "BYOA_DATABASE_USER", address.user(),
                "BYOA_DATABASE_PASSWORD", address.password(),
                "BYOA_DATABASE_CONNECTIONS", "8",
                "BYOA_ACCESS_REVOCATION_DELAY", "1s"));
    token = new Api(server).token();
  }

  @AfterAll
  void stop() {
    server.close();
    postgres.close();
    Scratch.delete(scratch);
  }

  /** How a request ended, and after how long. */
  private record Answered(int status, String retryAfter, String body, Duration after) {}

  private CompletableFuture<Answered> ask(java.net.URI uri) {
    long start = System.nanoTime();
    return http.sendAsync(
            HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + token)
                .timeout(Duration.ofSeconds(40))
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .thenApply(answer ->
            new Answered(
                answer.statusCode(),
                answer.headers().firstValue("Retry-After").orElse(""),
                answer.body(),
                Duration.ofNanos(System.nanoTime() - start)));
  }

  /** Requests that come at different moments of the trouble, several at a time. */
  private List<Answered> askForAWhile() throws InterruptedException {
    List<CompletableFuture<Answered>> asked = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      for (String path : List.of("/api/v1/jobs", "/api/v1/algorithms", "/api/v1/datasets")) {
        asked.add(ask(server.uri(path)));
      }
      TimeUnit.MILLISECONDS.sleep(250);
    }
    return asked.stream().map(CompletableFuture::join).toList();
  }

  private void assertToldToComeBack(List<Answered> answers) {
    assertThat(answers)
        .allSatisfy(answer -> {
          assertThat(answer.status()).as(answer.body()).isEqualTo(503);
          assertThat(answer.retryAfter()).isEqualTo("2");
          assertThat(answer.body()).contains("database-unavailable");
        })
        .extracting(Answered::after)
        .allSatisfy(after -> assertThat(after).isLessThan(Duration.ofSeconds(2)));
  }

  private Answered scrape() {
    return ask(server.management("/q/metrics")).join();
  }

  private int ready() {
    return ask(server.management("/q/health/ready")).join().status();
  }

  private void awaitReady(int status, Duration atMost) {
    Awaitility.await()
        .atMost(atMost)
        .pollInterval(Duration.ofMillis(100))
        .until(this::ready, found -> found == status);
  }

  private void awaitBack() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .pollInterval(Duration.ofMillis(100))
        .until(() -> ready() == 200 && ask(server.uri("/api/v1/jobs")).join().status() == 200);
    // And stays so: no connection of before is handed to anybody.
    for (int i = 0; i < 20; i++) {
      assertThat(ask(server.uri("/api/v1/jobs")).join().status()).isEqualTo(200);
    }
  }

  private void signal(String signal) throws Exception {
    // The postmaster and all who serve a connection.
    String group =
        "kill -%s %d $(ps -o pid= --ppid %d)".formatted(signal, postgres.pid(), postgres.pid());
    new ProcessBuilder("sh", "-c", group).start().waitFor();
  }

  @Test
  void aFrozenOneAnswersNobodyAndIsFoundAgain() throws Exception {
    awaitReady(200, Duration.ofSeconds(10));
    assertThat(scrape().status()).isEqualTo(200);
    signal("STOP");
    try {
      CompletableFuture<Void> down =
          // On a thread of its own: the common pool has one here, and answers come in on it.
          CompletableFuture.runAsync(
              () -> awaitReady(503, Duration.ofSeconds(5)), Thread::startVirtualThread);
      List<Answered> answers = askForAWhile();
      assertToldToComeBack(answers);
      down.join();
      assertThat(ask(server.management("/q/health/ready")).join().body())
          .contains("has not answered since");
      assertThat(ask(server.management("/q/health/live")).join().status()).isEqualTo(200);
      assertThat(scrape().body())
          .as("metrics, long after the token was last looked up")
          .contains("agroal_awaiting_count");
    } finally {
      signal("CONT");
    }
    awaitBack();
  }

  /** Who follows a job has nothing to do about it: nothing is missing, nothing comes twice. */
  @Test
  @Timeout(60)
  void streamsGoOnWhereTheyWereAfterAFrozenOne() throws Exception {
    awaitReady(200, Duration.ofSeconds(10));
    Api api = new Api(server);
    api.publish(
        ShellAlgorithm.write(
            scratch,
            "counting",
            "n=0; while [ $n -lt 60 ]; do n=$((n+1)); echo $n; sleep 0.1; done"));
    String job = "/api/v1/jobs/" + api.launch("counting", "1.0.0", "{}");
    HttpRequest follow =
        HttpRequest.newBuilder(server.uri(job + "/logs?follow=true"))
            .header("Authorization", "Bearer " + token)
            .header("Accept", "text/plain")
            .build();
    Iterator<String> lines =
        http.send(follow, HttpResponse.BodyHandlers.ofLines()).body().iterator();
    List<String> read = new ArrayList<>();
    while (!read.contains("5")) {
      read.add(lines.next());
    }
    signal("STOP");
    try {
      TimeUnit.SECONDS.sleep(3);
    } finally {
      signal("CONT");
    }
    lines.forEachRemaining(read::add);
    assertThat(read.stream().filter(line -> line.matches("[0-9]+")))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 60).mapToObj(String::valueOf).toList());
    awaitBack();
  }

  @Test
  void aKilledOneComesBack() throws Exception {
    awaitReady(200, Duration.ofSeconds(10));
    ProcessHandle.of(postgres.pid()).orElseThrow().destroyForcibly();

    // Who asks meanwhile is told to come back, or is served by the next one; nobody waits.
    assertThat(askForAWhile())
        .allSatisfy(answer -> assertThat(answer.status()).as(answer.body()).isIn(200, 503))
        .allSatisfy(answer -> assertThat(answer.after()).isLessThan(Duration.ofSeconds(4)));
    awaitBack();
  }

  @Test
  void oneWithoutAConnectionLeftIsToldAndFoundAgain() throws Exception {
    awaitReady(200, Duration.ofSeconds(10));
    List<Connection> hog = new ArrayList<>();
    try {
      takeAllConnections(hog);
      awaitReady(503, Duration.ofSeconds(5));
      assertToldToComeBack(askForAWhile());
    } finally {
      for (Connection connection : hog) {
        connection.close();
      }
    }
    awaitBack();
  }

  private void takeAllConnections(List<Connection> hog) throws SQLException {
    DatabaseAddress address = postgres.address();
    hog.add(DriverManager.getConnection(address.url(), address.user(), address.password()));
    for (int full = 0; full < 5; ) {
      try (Statement statement = hog.getFirst().createStatement()) {
        statement.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'byoa%'");
      }
      try {
        while (true) {
          hog.add(DriverManager.getConnection(address.url(), address.user(), address.password()));
          full = 0;
        }
      } catch (SQLException e) {
        full++; // Several times in a row: what the server tried to get meanwhile is ours too.
      }
    }
  }
}
