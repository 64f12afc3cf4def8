package io.byoa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.byoa.common.Sha256;
import io.byoa.database.DataFolder;
import io.byoa.testing.Api;
import io.byoa.testing.EmbeddedDatabase;
import io.byoa.testing.HttpProxy;
import io.byoa.testing.HttpProxy.Fate;
import io.byoa.testing.Moto;
import io.byoa.testing.RunningServer;
import io.byoa.testing.Scratch;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole application on a bucket, with jobs that run on this machine. */
final class S3StoreIT {

  private static final Path EXAMPLE = Path.of("examples/nile-smoothing");

  private final Path scratch = Scratch.folder("s3-store");
  private final Path data = scratch.resolve("data");
  private final HttpProxy proxy = HttpProxy.before(Moto.running().endpoint());

  @BeforeEach
  void prepareDatabase() {
    EmbeddedDatabase.copyDatabaseInto(DataFolder.open(data).path());
  }

  @AfterEach
  void clean() {
    proxy.close();
    Scratch.delete(scratch);
  }

  private Map<String, String> environment(String bucket, String... more) {
    Map<String, String> environment = new HashMap<>(Moto.running().environment());
    environment.put("AWS_ENDPOINT_URL", proxy.endpoint().toString());
    environment.put("BYOA_STORE", "s3");
    environment.put("BYOA_S3_BUCKET", bucket);
    environment.put("BYOA_S3_PREFIX", "byoa");
    environment.put("BYOA_AWS_TIMEOUT", "1s");
    for (int i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
    return environment;
  }

  @Test
  void trainsAnExampleThroughKillAndOutageAndLinksToItsResult() throws Exception {
    Map<String, String> environment = environment(Moto.running().bucket());
    String job;
    try (RunningServer server = RunningServer.start(data, environment)) {
      job = launch(new Api(server));
      server.kill();
    }
    try (RunningServer server = RunningServer.start(data, environment)) {
      Api api = new Api(server);
      JsonNode ended = api.awaitEnd(job);
      assertThat(ended.path("status").asText()).as(ended.toPrettyString()).isEqualTo("Completed");
      assertThat(data.resolve("store")).doesNotExist();
      assertThat(data.resolve("spool")).isEmptyDirectory();
      JsonNode result = api.get("/api/v1/jobs/" + job + "/result");
      JsonNode model = result.path("model");
      assertThat(result.path("metrics").path("alpha").asDouble())
          .isCloseTo(
              expected().path("metrics").path("alpha").path("value").asDouble(), within(1e-6));
      URI link = link(api, "/api/v1/jobs/" + job + "/files/model.tar.gz");
      assertThat(link.getPath()).startsWith("/bucket-").contains("/byoa/jobs/");
      HttpResponse<byte[]> download = get(link);
      assertThat(download.statusCode()).isEqualTo(200);
      assertThat(Sha256.of(download.body()).hex()).isEqualTo(model.path("sha256").asText());
      assertThat(download.headers().firstValue("Content-Disposition"))
          .contains("attachment; filename=\"model.tar.gz\"");
      assertThat(get(link(api, "/api/v1/datasets/nile/versions/latest/files/nile.csv")).body())
          .isEqualTo(Files.readAllBytes(EXAMPLE.resolve("data/nile.csv")));
      outage(server, api);
    }
  }

  private static String launch(Api api) {
    JsonNode version = api.publish(EXAMPLE.resolve("algorithm"));
    api.upload("nile", EXAMPLE.resolve("data/nile.csv"));
    return api.launch(
        version.path("algorithm").asText(),
        version.path("version").asText(),
        "{\"inputs\":{\"training\":\"dataset:nile\"}}");
  }

  private static JsonNode expected() throws IOException {
    return new ObjectMapper().readTree(EXAMPLE.resolve("expected.json").toFile());
  }

  private static URI link(Api api, String path) {
    HttpResponse<String> answer = api.ask("GET", path, "");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    return URI.create(answer.headers().firstValue("Location").orElseThrow());
  }

  private static HttpResponse<byte[]> get(URI link) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(link).build(), BodyHandlers.ofByteArray());
    }
  }

  private void outage(RunningServer server, Api api) {
    String code = "/api/v1/algorithms/nile-smoothing/versions/latest/code";
    assertThat(ready(server)).isEqualTo(200);
    proxy.decide(request -> new Fate.Hangs());
    HttpResponse<String> answer = api.ask("GET", code, "");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    assertThat(answer.body()).contains("store-unavailable").doesNotContain("bucket-");
    await().atMost(Duration.ofSeconds(10)).until(() -> ready(server) == 503);
    proxy.decide(request -> new Fate.Passes());
    await().atMost(Duration.ofSeconds(15)).until(() -> ready(server) == 200);
    assertThat(api.ask("GET", code, "").statusCode()).isEqualTo(200);
  }

  private static int ready(RunningServer server) {
    try {
      return get(server.management("/q/health/ready")).statusCode();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void assertRefused(Map<String, String> environment, String... words) {
    try (RunningServer server = RunningServer.begin(data, environment, List.of())) {
      assertThat(server.awaitEnd()).isEqualTo(1);
      String said = server.output();
      assertThat(said.substring(said.lastIndexOf("BYOA does not start.")))
          .contains(words)
          .doesNotContain("\tat ", "Exception");
    }
  }

  @Test
  void doesNotStartWithoutWhatItNeedsAndSaysSo() {
    assertRefused(environment("no-such-bucket"), "There is no bucket no-such-bucket");
    Map<String, String> stranger =
        environment(
            "ours",
            "AWS_ACCESS_KEY_ID",
            "",
            "AWS_SECRET_ACCESS_KEY",
            "",
            "AWS_SHARED_CREDENTIALS_FILE",
            "/dev/null",
            "AWS_CONFIG_FILE",
            "/dev/null");
    assertRefused(stranger, "No AWS credentials were found", "AWS_ACCESS_KEY_ID");
  }

  /** A start without Amazon must not pay for Amazon. */
  @Test
  void loadsNothingOfAmazonWhenTheStoreIsAFolder() throws Exception {
    Path loaded = scratch.resolve("loaded.txt");
    Map<String, String> logged =
        Map.of("JAVA_TOOL_OPTIONS", "-Xlog:class+load=info:file=" + loaded);
    try (RunningServer server = RunningServer.start(data, logged)) {
      assertThat(new Api(server).get("/api/v1/algorithms").path("items")).isEmpty();
    }
    List<String> lines = Files.readAllLines(loaded);
    assertThat(lines.size()).isGreaterThan(5_000);
    assertThat(
            lines.stream()
                .filter(line -> line.matches(".* (software\\.amazon|org\\.apache\\.http)\\..*")))
        .isEmpty();
  }
}
