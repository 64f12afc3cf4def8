package io.byoa;

import static org.assertj.core.api.Assertions.assertThat;

import io.byoa.database.DataFolder;
import io.byoa.testing.Api;
import io.byoa.testing.EmbeddedDatabase;
import io.byoa.testing.RunningServer;
import io.byoa.testing.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Attack A14: secrets that the server holds, planted where it holds them, and a program that looks
 * for them with all its might.
 */
final class CanaryIT {

  private static final String CANARY = "canary-7Qm2xT9vLp";

  private final Path scratch = Scratch.folder("canary");
  private final Path data = scratch.resolve("data");

  @BeforeEach
  void prepareDatabase() {
    EmbeddedDatabase.copyDatabaseInto(DataFolder.open(data).path());
  }

  @AfterEach
  void deleteScratch() {
    Scratch.delete(scratch);
  }

  private Path snoop(Path home) throws IOException {
    Path folder = Files.createDirectories(scratch.resolve("snoop"));
    Files.writeString(
        folder.resolve("algorithm.json"),
        """
        { "name": "snoop", "version": "1.0.0", "description": "Looks for secrets.",
          "runtime": { "language": "other" }, "entryPoint": "snoop.sh",
          "hyperParameters": { "type": "object", "properties": { "a": { "type": "string" } } },
          "resources": { "instanceTypes": ["ml.m5.large"] },
          "stoppingCondition": { "maxRuntimeInSeconds": 60 } }
        """);
    Files.writeString(
        folder.resolve("snoop.sh"),
        """
        env; set
        cat /proc/*/environ 2>/dev/null | tr '\\0' '\\n'
        cat /proc/*/cmdline 2>/dev/null | tr '\\0' ' '
        for f in DATA/admin-token DATA/postgres/* DATA/* $HOME/.aws/credentials SERVER_HOME/.aws/credentials; do
          echo "== $f"; cat "$f" 2>&1 | head -c 2000
        done
        grep -r TOKEN_BEGIN /opt /tmp /var/tmp /etc 2>/dev/null | head -5
        cp -r /proc/self/environ /opt/ml/model/environ
        env > /opt/ml/output/failure
        exit 1
        """
            .replace("DATA", data.toString())
            .replace("SERVER_HOME", home.toString())
            .replace("TOKEN_BEGIN", "byoa_"));
    return folder;
  }

  @Test
  @DisplayName("A14: a secret of the server is in no job's environment, no log and no answer")
  void noSecretOfTheServerGetsOut() throws IOException {
    Path home = scratch.resolve("home");
    Files.createDirectories(home.resolve(".aws"));
    Files.writeString(home.resolve(".aws/credentials"), "aws_secret_access_key = " + CANARY);
    Map<String, String> environment =
        Map.of(
            "AWS_SECRET_ACCESS_KEY", CANARY,
            "AWS_SESSION_TOKEN", CANARY,
            "BYOA_SOMETHING_SECRET", CANARY,
            "DATABASE_URL", "postgresql://user:" + CANARY + "@localhost/x",
            "PGPASSWORD", CANARY,
            "OTEL_EXPORTER_OTLP_HEADERS", "authorization=" + CANARY,
            "HOME", home.toString(),
            "NOT_OURS", CANARY);
    try (RunningServer server = RunningServer.start(data, environment)) {
      Api api = new Api(server);
      String token = Files.readString(data.resolve("admin-token")).strip();
      String password = password();
      api.publish(snoop(home));
      String job = api.launch("snoop", "1.0.0", "{}");
      assertThat(api.awaitEnd(job).path("status").asText()).isEqualTo("Failed");

      StringBuilder answers = new StringBuilder(api.text("/api/v1/jobs/" + job + "/logs"));
      // The program did look, and found what is its own.
      assertThat(answers).contains("SM_MODEL_DIR=", "TRAINING_JOB_NAME=", "== ");
      for (String path :
          List.of(
              "/api/v1/jobs/" + job,
              "/api/v1/jobs/" + job + "/result",
              "/api/v1/jobs/" + job + "/events",
              "/api/v1/jobs/" + job + "/files/model/environ",
              "/api/v1/jobs",
              "/api/v1/algorithms/snoop/versions/1.0.0/descriptor",
              "/api/v1/runtimes",
              "/api/v1/audit",
              "/api/v1/tokens",
              "/api/v1/session")) {
        answers.append(api.text(path));
      }
      answers.append(api.ask("POST", "/api/v1/algorithms/snoop/versions/1/jobs", "{").body());
      answers.append(api.ask("GET", "/api/v1/jobs/" + CANARY.charAt(0), "").body());
      assertThat(answers).doesNotContain(CANARY, token, password);

      String printed = server.output();
      assertThat(printed).doesNotContain(CANARY, password);
      // The first start shows the token once, to the operator's terminal.
      assertThat(printed.split(token, -1)).hasSizeLessThanOrEqualTo(2);
    }
    assertThat(whereever(data.resolve("jobs"), CANARY)).isEmpty();
    assertThat(whereever(data.resolve("store"), CANARY)).isEmpty();
  }

  private String password() throws IOException {
    try (Stream<Path> files = Files.walk(data, 2)) {
      Path file =
          files
              .filter(path -> path.getFileName().toString().contains("password"))
              .findFirst()
              .orElseThrow();
      return Files.readString(file).strip();
    }
  }

  /** The files below a folder that hold this text. */
  private static List<Path> whereever(Path folder, String text) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).filter(file -> holds(file, text)).toList();
    }
  }

  private static boolean holds(Path file, String text) {
    try {
      return new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1)
          .contains(text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
