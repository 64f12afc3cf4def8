package io.byoa;

import static org.assertj.core.api.Assertions.assertThat;

import io.byoa.database.DataFolder;
import io.byoa.database.DatabaseAddress;
import io.byoa.database.EmbeddedPostgres;
import io.byoa.testing.EmbeddedDatabase;
import io.byoa.testing.RunningServer;
import io.byoa.testing.Scratch;
import io.byoa.web.RawHttp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The built application, started and ended the way operators and accidents do. */
final class ServerIT {

  private final Path scratch = Scratch.folder("server");
  private final Path data = scratch.resolve("data");

  @BeforeEach
  void prepareDatabase() {
    EmbeddedDatabase.copyDatabaseInto(DataFolder.open(data).path());
  }

  @AfterEach
  void deleteScratch() {
    Scratch.delete(scratch);
  }

  @Test
  void saysWhereEverythingIsAndAnswersThere() throws Exception {
    try (RunningServer server = RunningServer.start(data)) {
      assertThat(server.output())
          .contains("BYOA is ready.")
          .contains(server.uri("/api/docs").toString())
          .contains(data.toString())
          .doesNotContain("Traces");
      assertThat(get(server.management("/q/health"))).contains("\"status\": \"UP\"", "Database");
      assertThat(get(server.management("/q/metrics"), token())).contains("jvm_memory_used_bytes");
      String unreadable = "GET /a{b HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      assertThat(RawHttp.exchange(server.uri("/"), unreadable)).contains("write %7B for '{'");
      assertThat(server.stop()).isEqualTo(143);
      assertThat(server.output()).doesNotContain("ERROR", "Exception");
    }
    assertThat(databaseLog()).contains("database system is shut down");
    assertThat(data.resolve("server")).doesNotExist();
  }

  @Test
  void startsAgainAfterItWasKilled() throws Exception {
    try (RunningServer first = RunningServer.start(data)) {
      first.kill();
    }
    assertThat(EmbeddedPostgres.running(new DataFolder(data))).isPresent();

    try (RunningServer second = RunningServer.start(data)) {
      assertThat(get(second.management("/q/health/ready"))).contains("UP");
    }
    assertThat(EmbeddedPostgres.running(new DataFolder(data))).isEmpty();
  }

  @Test
  void endsInOrderOnTheCtrlCOfATerminal() throws Exception {
    // A terminal sends it to the whole foreground group; the database must not be in that.
    // Whoever runs the tests in the background has their processes ignore it.
    List<String> asFromATerminal = List.of("setsid", "env", "--default-signal=INT");
    try (RunningServer server = RunningServer.start(data, Map.of(), asFromATerminal)) {
      new ProcessBuilder("sh", "-c", "kill -INT -" + server.pid()).start().waitFor();

      assertThat(server.awaitEnd()).isEqualTo(130);
      assertThat(server.output()).doesNotContain("ERROR", "Exception");
    }
    // Asked once, by the server; not by the terminal before.
    assertThat(databaseLog()).containsOnlyOnce("received fast shutdown request");
  }

  @Test
  void refusesAFolderThatAnotherServerUses() {
    try (RunningServer first = RunningServer.start(data);
        RunningServer second = RunningServer.begin(data, Map.of(), List.of())) {
      assertThat(second.awaitEnd()).isEqualTo(1);
      assertThat(second.output())
          .contains("BYOA does not start. Another BYOA (process " + first.pid())
          .contains(first.uri("").toString());
    }
  }

  @Test
  void refusesAPortThatIsTaken() {
    Path other = scratch.resolve("other");
    EmbeddedDatabase.copyDatabaseInto(DataFolder.open(other).path());
    try (RunningServer first = RunningServer.start(data);
        RunningServer second =
            RunningServer.begin(
                other, Map.of("BYOA_PORT", Integer.toString(first.uri("").getPort())), List.of())) {
      assertThat(second.awaitEnd()).isEqualTo(1);
      assertThat(second.output().lines())
          .singleElement()
          .asString()
          .startsWith(
              "BYOA does not start. Port " + first.uri("").getPort() + " seems to be in use")
          .contains("BYOA_PORT");
    }
    assertThat(EmbeddedPostgres.running(new DataFolder(other))).isEmpty();
  }

  @Test
  void usesADatabaseOfTheOperatorInstead() throws Exception {
    Path own = scratch.resolve("own");
    EmbeddedDatabase.copyDatabaseInto(DataFolder.open(own).path());
    Path empty = scratch.resolve("empty");
    try (EmbeddedPostgres postgres =
        EmbeddedPostgres.start(
            new DataFolder(own), Scratch.postgresBinaries(), Map.of(), step -> {})) {
      DatabaseAddress address = postgres.address();
      Map<String, String> environment =
          Map.of(
              "BYOA_DATABASE_URL", address.url(),
              "BYOA_DATABASE_USER", address.user(),
              "BYOA_DATABASE_PASSWORD", address.password());

      try (RunningServer server = RunningServer.start(empty, environment)) {
        assertThat(get(server.management("/q/health/ready"))).contains("UP");
        assertThat(empty.resolve("postgres")).doesNotExist();
      }
    }
  }

  @Test
  void saysThatItKnowsOnlyPostgres() {
    try (RunningServer server =
        RunningServer.begin(data, Map.of("BYOA_DATABASE_URL", "jdbc:mysql://db/byoa"), List.of())) {
      assertThat(server.awaitEnd()).isEqualTo(1);
      assertThat(server.output())
          .contains("must name a PostgreSQL")
          .contains("jdbc:mysql://db/byoa");
    }
  }

  @Test
  void doesACommandWhetherTheServerRunsOrNot() throws Exception {
    assertThat(command("no-such-thing")).contains("There is no command 'no-such-thing'");
    assertThat(EmbeddedPostgres.running(new DataFolder(data))).isEmpty();

    try (RunningServer server = RunningServer.start(data)) {
      assertThat(command("no-such-thing")).contains("There is no command 'no-such-thing'");
      assertThat(get(server.management("/q/health/ready"))).contains("UP");
    }
  }

  @Test
  void takesItsSettingsFromTheEnvironmentAndTellsAMisspeltOne() throws Exception {
    try (RunningServer server =
        RunningServer.start(
            data,
            Map.of(
                "BYOA_ENGINE", "local",
                "BYOA_STORE", "file",
                "BYOA_ENGINE_LOCAL_SLOTS", "3",
                "BYOA_ALLOWED_HOSTS", "byoa.example.org",
                "BYOA_JOB_RETENTION", "off",
                "BYOA_ENGINE_LOCAL_SLOT", "1"))) {
      assertThat(server.output())
          .contains(
              "There is no setting BYOA_ENGINE_LOCAL_SLOT, did you mean 'BYOA_ENGINE_LOCAL_SLOTS'?");
      assertThat(data.resolve("store/objects")).isDirectory();
      assertThat(get(server.uri("/api/docs"))).contains("html");
    }
  }

  @Test
  void logsJsonWhenAskedTo() {
    try (RunningServer server =
        RunningServer.start(
            data,
            Map.of(
                "BYOA_LOG_JSON",
                "true",
                "QUARKUS_LOG_LEVEL",
                "INFO",
                "QUARKUS_LOG_CATEGORY__IO_QUARKUS__LEVEL",
                "INFO"))) {
      assertThat(server.output().lines().filter(line -> line.startsWith("{\"timestamp\"")))
          .isNotEmpty();
    }
  }

  private String command(String... arguments) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(RunningServer.command(List.of(arguments)));
    builder.environment().put("BYOA_DATA", data.toString());
    builder.environment().put("BYOA_DATABASE_BINARIES", Scratch.postgresBinaries().toString());
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isEqualTo(2);
    return output;
  }

  private String databaseLog() throws IOException {
    return Files.readString(data.resolve("postgres/postgres.log"));
  }

  private String token() throws IOException {
    return Files.readString(data.resolve("admin-token")).strip();
  }

  private static String get(URI uri) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri));
  }

  private static String get(URI uri, String token) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + token));
  }

  private static String send(HttpRequest.Builder request) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      return answer.body();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "BYOA_PORT, abc, BYOA_PORT must be a port",
    "BYOA_ENGINE, sagemaker, 'There is: local.'",
    "BYOA_STORE, tape, 'There is: file, s3.'",
    "BYOA_HOST, 0.0.0.0, BYOA_ENGINE_LOCAL_ALLOW_REMOTE=true",
    "BYOA_ENGINE_LOCAL_GRACE, soon, BYOA_ENGINE_LOCAL_GRACE is 'soon'",
    "BYOA_DATABASE_URL, jdbc:postgresql://127.0.0.1:1/byoa, cannot be reached"
  })
  void saysInOneSentenceWhyItDoesNotStart(String setting, String value, String sentence) {
    // A database out of reach is tried for half a minute otherwise.
    String retries = setting.equals("BYOA_DATABASE_URL") ? "0" : "5";
    Map<String, String> environment =
        Map.of(setting, value, "QUARKUS_FLYWAY_CONNECT_RETRIES", retries);
    try (RunningServer server = RunningServer.begin(data, environment, List.of())) {
      assertThat(server.awaitEnd()).isEqualTo(1);
      assertThat(server.output()).doesNotContain("\tat ", "Exception", "ERROR");
      assertThat(server.output().lines())
          .last()
          .asString()
          .startsWith("BYOA does not start. ")
          .contains(sentence);
    }
    assertThat(EmbeddedPostgres.running(new DataFolder(data))).isEmpty();
  }
}
