package io.byoa;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.byoa.testing.Api;
import io.byoa.testing.RunningServer;
import io.byoa.testing.ShellAlgorithm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the server writes when its log is for machines. */
final class LogsIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> SETTINGS =
      Map.of("BYOA_LOG_JSON", "true", "QUARKUS_LOG_CATEGORY__IO_BYOA__LEVEL", "DEBUG");

  @TempDir Path folder;

  @Test
  void everyLineIsJsonAndTellsWhichJobItIsAbout() throws Exception {
    Path data = folder.resolve("data");
    String job;
    String stopped;
    try (RunningServer first = RunningServer.start(data, SETTINGS)) {
      Api api = new Api(first);
      api.publish(ShellAlgorithm.write(folder, "endless", "sleep 60 & wait\n"));
      job = api.launch("endless", "1.0.0", "{}");
      awaitTraining(api, job);
      api.post("/api/v1/jobs/" + job + "/interrupt", "");
      Awaitility.await().until(() -> api.get("/api/v1/jobs/" + job).path("attempts").size() == 2);
      stopped = api.launch("endless", "1.0.0", "{}");
      awaitTraining(api, stopped);
      api.post("/api/v1/jobs/" + stopped + "/stop", "");
      api.awaitEnd(stopped);
      first.kill();
    }
    // What a power cut may do to the record of a launch under way.
    Files.writeString(data.resolve("jobs").resolve(job).resolve("1/record.json"), "{");
    try (RunningServer second = RunningServer.start(data, SETTINGS)) {
      Api api = new Api(second);
      api.post("/api/v1/jobs/" + job + "/stop", "");
      api.awaitEnd(job);
      api.ask("GET", "/api/v1/jobs/" + job + "/files/no-such-file", "");
      second.stop();

      List<JsonNode> lines = second.output().lines().map(LogsIT::parse).toList();
      assertThat(messages(about(lines, job)))
          .contains(
              "Accepted: endless 1.0.0 on local for token:admin",
              "InProgress: Starting",
              "InProgress: Training")
          .anyMatch(message -> message.contains("record") && message.contains("is lost"))
          .anyMatch(message -> message.startsWith("Going on with"))
          .anyMatch(message -> message.contains("files/no-such-file: 404"));
      assertThat(messages(about(lines, stopped)))
          .contains("Stopping: Stopping", "Stopped: Stopped");
      assertThat(lines)
          .as("no line that names a job comes without its id")
          .filteredOn(line -> names(line, job) || names(line, stopped))
          .allSatisfy(line -> assertThat(line.path("mdc").path("job").asText()).isNotEmpty());
      assertThat(lines)
          .as("the log does not hold the admin token")
          .noneMatch(line -> line.toString().contains(token(data)));
    }
  }

  private static void awaitTraining(Api api, String job) {
    Awaitility.await()
        .until(() ->
            api.get("/api/v1/jobs/" + job).path("secondaryStatus").asText().equals("Training"));
  }

  private static boolean names(JsonNode line, String job) {
    String message = line.path("message").asText();
    return message.contains(job) || message.contains(job.toLowerCase(Locale.ROOT));
  }

  private static List<JsonNode> about(List<JsonNode> lines, String job) {
    return lines.stream()
        .filter(line -> line.path("mdc").path("job").asText().equals(job))
        .toList();
  }

  private static List<String> messages(List<JsonNode> lines) {
    return lines.stream().map(line -> line.path("message").asText()).toList();
  }

  private static String token(Path data) {
    try {
      return Files.readString(data.resolve("admin-token")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new AssertionError("Not JSON: " + line, e);
    }
  }
}
