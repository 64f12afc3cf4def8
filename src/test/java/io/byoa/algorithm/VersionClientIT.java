package io.byoa.algorithm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.byoa.access.Bearer;
import io.byoa.access.Role;
import io.byoa.testing.Code;
import io.byoa.testing.PythonEnvironment;
import io.byoa.testing.RealPython;
import io.byoa.testing.Scratch;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A version's own OpenAPI document, in the hands of tools that we did not write: a validator, and a
 * generator whose client then trains on this server.
 */
@QuarkusTest
final class VersionClientIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path RESOURCES = Path.of("src/test/resources/openapi").toAbsolutePath();

  private static final Code CODE =
      Code.of("generated", "1.0.0")
          .with(
              "hyperParameters",
              """
              { "type": "object", "required": ["name", "ratio", "depth"],
                "properties": {
                  "name": { "type": "string", "minLength": 6, "maxLength": 10 },
                  "ratio": { "type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1 },
                  "depth": { "type": "integer", "minimum": 3, "multipleOf": 5 },
                  "epochs": { "type": "integer", "minimum": 1, "default": 3, "description": "How often." },
                  "mode": { "enum": ["fast", "exact"], "default": "exact" },
                  "layers": { "type": "array", "items": { "type": "integer" }, "default": [8, 4] },
                  "schedule": { "type": "object", "default": { "warm up": true },
                                "properties": { "warm up": { "type": "boolean" } } },
                  "L2": { "const": 0.5 } } }
              """)
          .with(
              "channels",
              """
              [ { "name": "training", "required": true, "description": "Rows." },
                { "name": "Validation.set", "required": false } ]
              """)
          .with("metrics", "[ { \"name\": \"validation:loss\", \"regex\": \"loss=([0-9.]+)\" } ]")
          .program(
              """
              cat "$SM_CHANNEL_TRAINING/data.csv" && echo loss=0.25 && echo model > /opt/ml/model/model.txt
              """);

  private final Path scratch = Scratch.folder("client");

  @AfterEach
  void deleteScratch() {
    Scratch.delete(scratch);
  }

  private static PythonEnvironment tools() {
    return PythonEnvironment.installed("openapi-tools", RESOURCES.resolve("requirements.txt"));
  }

  private static void validate(Path document) {
    RealPython.run(
        List.of(tools().program("openapi-spec-validator"), "--errors", "all", document.toString()),
        Map.of(),
        List.of());
  }

  /** The generated package; a warning is a piece of the document that was left out. */
  private Path generate(Path document, boolean takesAll) throws IOException {
    Path config = scratch.resolve("config.yml");
    Files.writeString(config, "post_hooks: []\n", UTF_8);
    Path client = scratch.resolve("client");
    List<String> told =
        RealPython.run(
            List.of(
                tools().program("openapi-python-client"),
                "generate",
                "--meta",
                "none",
                "--config",
                config.toString(),
                "--path",
                document.toString(),
                "--output-path",
                client.toString()),
            Map.of(),
            List.of());
    if (takesAll) {
      assertThat(told).noneMatch(line -> line.contains("WARNING") || line.contains("ERROR"));
    }
    return client;
  }

  private Path document(Code code) throws IOException {
    Path file = scratch.resolve(code.name() + ".json");
    byte[] document =
        Bearer.admin()
            .get(code.path() + "/openapi.json")
            .then()
            .statusCode(200)
            .contentType("application/json")
            .extract()
            .asByteArray();
    return Files.write(file, document);
  }

  @Test
  void aGeneratedClientLaunchesPollsAndFetchesTheResult() throws IOException {
    CODE.put();
    Bearer.admin().contentType("text/csv").body("1,2\n").post("/api/v1/datasets?name=training");
    Path document = document(CODE);
    validate(document);
    generate(document, true);
    JsonNode example =
        JSON.readTree(document.toFile())
            .at("/paths/~1api~1v1~1algorithms~1generated~1versions~11.0.0~1jobs/post")
            .at("/requestBody/content/application~1json/example");

    List<String> told =
        RealPython.run(
            List.of(
                tools().program("python"),
                RESOURCES.resolve("walk.py").toString(),
                scratch.toString(),
                "http://localhost:" + RestAssured.port),
            Map.of("TOKEN", Bearer.token(Role.LAUNCHER)),
            List.of(example.toString()));

    Map<String, JsonNode> steps = new LinkedHashMap<>();
    for (String line : told) {
      JsonNode step = JSON.readTree(line);
      steps.put(step.path("step").asText(), step.path("answer"));
    }
    assertThat(steps)
        .containsOnlyKeys("plan", "refused", "launched", "repeated", "ended", "result");
    JsonNode plan = step(steps, "plan");
    assertThat(plan.at("/hyperParameters/epochs").asInt()).isEqualTo(3);
    assertThat(plan.at("/hyperParameters/schedule/warm up").asBoolean()).isTrue();
    assertThat(plan.at("/inputs/training").asText()).startsWith("dataset:training@sha256:");
    assertThat(step(steps, "refused").path("code").asText()).isEqualTo("launch-invalid");
    assertThat(step(steps, "refused").at("/errors/0/pointer").asText()).isEqualTo("/engine");
    assertThat(step(steps, "ended").path("status").asText()).isEqualTo("Completed");
    assertThat(step(steps, "result").at("/metrics/validation:loss").asDouble()).isEqualTo(0.25);
    assertThat(step(steps, "result").at("/model/name").asText()).isEqualTo("model.tar.gz");
  }

  private static JsonNode step(Map<String, JsonNode> steps, String name) {
    return java.util.Objects.requireNonNull(steps.get(name), name);
  }

  /** What the examples declare, and a version that declares next to nothing. */
  @Test
  void theDocumentOfEveryExampleIsValidAndItsExampleIsALaunch() throws IOException {
    Code bare = Code.of("bare-document", "1.0.0");
    bare.put();
    validate(document(bare));
    try (Stream<Path> examples = Files.list(Path.of("examples"))) {
      for (Path example : examples.filter(Files::isDirectory).toList()) {
        validate(document(publish(example.resolve("algorithm"))));
      }
    }
  }

  private static Code publish(Path folder) throws IOException {
    JsonNode descriptor = JSON.readTree(folder.resolve("algorithm.json").toFile());
    Code code = Code.of(descriptor.path("name").asText(), descriptor.path("version").asText());
    descriptor
        .properties()
        .forEach(field -> code.with(field.getKey(), field.getValue().toString()));
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String path = folder.relativize(file).toString();
        if (!path.equals("algorithm.json")) {
          code.file(path, Files.readString(file, UTF_8));
        }
      }
    }
    code.put();
    return code;
  }

  @Test
  void theDocumentOfTheWholeApiIsValidAndAClientCanBeGenerated() throws IOException {
    Path document = Path.of("docs/openapi.yaml").toAbsolutePath();
    validate(document);
    // The generator knows no uploads of archives; everything else has to come out.
    Path client = generate(document, false);
    for (String module :
        List.of("models/job.py", "models/version.py", "models/launch.py", "models/result.py")) {
      assertThat(client.resolve(module)).isRegularFile();
    }
    long described =
        Files.readAllLines(document).stream()
            .filter(line -> line.matches(" {4}(get|put|post|patch|delete):"))
            .count();
    try (Stream<Path> operations = Files.walk(client.resolve("api"))) {
      assertThat(operations.map(file -> file.getFileName().toString()))
          .filteredOn(name -> name.endsWith(".py") && !name.equals("__init__.py"))
          .as("everything but the two uploads")
          .hasSize((int) described - 2);
    }
  }
}
