package io.byoa;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.byoa.testing.RunningServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What readiness says when parts of a running server are taken away, and given back. */
final class HealthIT {

  @TempDir static Path folder;

  private static RunningServer server;

  @BeforeAll
  static void start() {
    server = RunningServer.start(folder.resolve("data"), Map.of("BYOA_RECONCILE_STALLED", "2s"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void namesEveryPartAndTheSandboxInWords() throws Exception {
    JsonNode ready = awaitReady();
    assertThat(ready.path("checks").findValuesAsText("name"))
        .as("each part once")
        .containsOnlyOnce("Database", "Store", "Local engine", "Disk", "Reconciler");
    assertThat(data(ready, "Local engine", "sandbox"))
        .matches("(bubblewrap|unshare|environment): Programs .+\\.");
    assertThat(data(ready, "Local engine", "slots")).matches("0 of [0-9]+ in use");
  }

  @Test
  void aDatabaseThatHangsIsToldWithinFiveSecondsAndDoesNotHangTheCheck() throws Exception {
    awaitReady();
    List<ProcessHandle> postgres = postgres();
    assertThat(postgres).isNotEmpty();
    signal("STOP", postgres);
    try {
      Awaitility.await()
          .atMost(Duration.ofSeconds(5))
          .untilAsserted(() ->
              assertThat(data(get("/q/health/ready", 503), "Database", "reason"))
                  .startsWith("The database has not answered since "));
      Awaitility.await()
          .atMost(Duration.ofSeconds(5))
          .untilAsserted(() ->
              assertThat(data(get("/q/health/ready", 503), "Reconciler", "reason"))
                  .startsWith("No round has succeeded for "));
      assertThat(get("/q/health/live", 200).path("status").asText())
          .as("nothing is gained by killing this server")
          .isEqualTo("UP");
    } finally {
      signal("CONT", postgres);
    }
    awaitReady();
  }

  @Test
  void aStoreThatCannotBeWrittenToSaysWhy() throws Exception {
    awaitReady();
    Path store = server.data().resolve("store");
    Path aside = server.data().resolve("store-aside");
    Files.move(store, aside);
    Files.writeString(store, "not a folder");
    try {
      Awaitility.await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() ->
              assertThat(data(get("/q/health/ready", 503), "Store", "reason"))
                  .contains("The store in")
                  .contains("does not work"));
    } finally {
      Files.delete(store);
      Files.move(aside, store);
    }
    awaitReady();
  }

  @Test
  void anEngineWithoutItsFolderSaysSo() throws Exception {
    awaitReady();
    Path jobs = server.data().resolve("jobs");
    Path aside = server.data().resolve("jobs-aside");
    Files.move(jobs, aside);
    try {
      assertThat(data(get("/q/health/ready", 503), "Local engine", "reason"))
          .contains(jobs.toString());
    } finally {
      Files.move(aside, jobs);
    }
    awaitReady();
  }

  private static JsonNode awaitReady() throws Exception {
    Awaitility.await()
        .atMost(Duration.ofSeconds(15))
        .untilAsserted(() -> assertThat(get("/q/health/ready", 200)).isNotNull());
    return get("/q/health/ready", 200);
  }

  private static String data(JsonNode health, String check, String name) {
    for (JsonNode each : health.path("checks")) {
      if (each.path("name").asText().equals(check)) {
        return each.path("data").path(name).asText();
      }
    }
    throw new AssertionError("No check '" + check + "' in " + health);
  }

  private static JsonNode get(String path, int status) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(server.management(path)).timeout(Duration.ofSeconds(5)).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
      return new ObjectMapper().readTree(answer.body());
    }
  }

  /** The database of this very server, all its processes. */
  private static List<ProcessHandle> postgres() throws IOException {
    Path pidFile = server.data().resolve("postgres");
    try (var files = Files.walk(pidFile)) {
      Path postmaster =
          files
              .filter(file -> Objects.equals(file.getFileName().toString(), "postmaster.pid"))
              .findFirst()
              .orElseThrow();
      long pid = Long.parseLong(Files.readAllLines(postmaster).getFirst().strip());
      ProcessHandle main = ProcessHandle.of(pid).orElseThrow();
      return Stream.concat(Stream.of(main), main.descendants()).toList();
    }
  }

  private static void signal(String name, List<ProcessHandle> processes) throws Exception {
    for (ProcessHandle process : processes) {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }
  }
}
