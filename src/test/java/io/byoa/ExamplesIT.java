package io.byoa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byoa.testing.Api;
import io.byoa.testing.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Publishes and trains every example over HTTP, and holds it to numbers found by other means. */
class ExamplesIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path EXAMPLES = Path.of("examples");

  @TempDir static Path folder;
  private static RunningServer server;
  private static Api api;

  @BeforeAll
  static void start() {
    server = RunningServer.start(folder.resolve("data"));
    api = new Api(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static List<Path> examples() throws IOException {
    try (Stream<Path> folders = Files.list(EXAMPLES)) {
      return folders
          .filter(example -> Files.exists(example.resolve("expected.json")))
          .sorted()
          .toList();
    }
  }

  @Test
  void thereAreFour() throws IOException {
    assertThat(examples()).hasSize(4);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("examples")
  void trainsToTheExpectedNumbers(Path example) throws IOException {
    JsonNode expected = JSON.readTree(example.resolve("expected.json").toFile());
    JsonNode version = api.publish(example.resolve("algorithm"));
    String dataset = expected.path("dataset").path("name").asText();
    api.upload(dataset, example.resolve(expected.path("dataset").path("file").asText()));

    ObjectNode launch = JSON.createObjectNode();
    launch.set("hyperParameters", expected.path("hyperParameters"));
    launch
        .putObject("inputs")
        .put(expected.path("dataset").path("channel").asText(), "dataset:" + dataset);
    String job =
        api.launch(
            version.path("algorithm").asText(),
            version.path("version").asText(),
            launch.toString());
    JsonNode ended = api.awaitEnd(job);
    assertThat(ended.path("status").asText())
        .as("%s\n%s", ended.toPrettyString(), api.text("/api/v1/jobs/" + job + "/logs"))
        .isEqualTo("Completed");

    JsonNode result = api.get("/api/v1/jobs/" + job + "/result");
    for (var metric : expected.path("metrics").properties()) {
      assertThat(result.path("metrics").path(metric.getKey()).asDouble())
          .as(metric.getKey())
          .isCloseTo(
              metric.getValue().path("value").asDouble(),
              within(metric.getValue().path("tolerance").asDouble()));
    }
    List<String> files = expectedPaths(expected);
    if (Files.exists(example.resolve("algorithm/requirements.txt"))) {
      files.add("packages.txt");
      assertThat(api.text("/api/v1/jobs/" + job + "/files/packages.txt")).contains("numpy==");
    }
    assertThat(paths(result)).containsExactlyInAnyOrderElementsOf(files);
    JsonNode series = api.get("/api/v1/jobs/" + job + "/metrics").path("metrics");
    for (var points : expected.path("points").properties()) {
      assertThat(
              StreamSupport.stream(series.spliterator(), false)
                  .filter(each -> each.path("name").asText().equals(points.getKey()))
                  .mapToInt(each -> each.path("points").size())
                  .sum())
          .as("points of " + points.getKey())
          .isEqualTo(points.getValue().asInt());
    }
  }

  private static List<String> paths(JsonNode result) {
    return StreamSupport.stream(result.path("files").spliterator(), false)
        .map(file -> file.path("path").asText())
        .toList();
  }

  private static List<String> expectedPaths(JsonNode expected) {
    List<String> paths = new ArrayList<>();
    expected.path("model").forEach(file -> paths.add("model/" + file.asText()));
    expected.path("output").forEach(file -> paths.add("output/" + file.asText()));
    return paths;
  }
}
