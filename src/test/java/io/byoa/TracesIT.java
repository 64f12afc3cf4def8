package io.byoa;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.byoa.testing.Api;
import io.byoa.testing.OtlpReceiver;
import io.byoa.testing.RunningServer;
import io.byoa.testing.ShellAlgorithm;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traces, as a collector outside receives them. */
final class TracesIT {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String TRACE_PARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";
  private static final String INSTALLS =
      """
      {
        "name": "installs",
        "version": "1.0.0",
        "runtime": { "language": "python", "dependencies": "requirements.txt" },
        "entryPoint": "train.py"
      }
      """;

  @TempDir Path folder;

  @Test
  void oneTraceFollowsAJobFromItsLaunchToItsEnd() throws Exception {
    try (OtlpReceiver collector = new OtlpReceiver();
        RunningServer server = start(collector.endpoint().toString())) {
      Api api = new Api(server);
      Path algorithm = Files.createDirectories(folder.resolve("installs"));
      Files.writeString(algorithm.resolve("algorithm.json"), INSTALLS);
      Files.writeString(algorithm.resolve("requirements.txt"), "# nothing from anywhere\n");
      Files.writeString(algorithm.resolve("train.py"), "import time\ntime.sleep(3)\n");
      api.publish(algorithm);

      String job = json(launch(server, "installs")).path("id").asText();
      assertThat(api.awaitEnd(job).path("status").asText()).isEqualTo("Completed");
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> names(collector.ofJob(job)).contains("job ended"));

      List<Span> spans = collector.ofJob(job);
      assertThat(names(spans))
          .contains(
              "phase Queued",
              "job launched",
              "phase Starting",
              "phase Downloading",
              "phase InstallingDependencies",
              "phase Training",
              "phase Uploading",
              "job moved",
              "job ended");
      assertThat(spans).allSatisfy(span -> assertThat(OtlpReceiver.trace(span)).isEqualTo(TRACE));
      Span request =
          collector.spans().stream()
              .filter(span -> span.getKind() == SpanKind.SPAN_KIND_SERVER)
              .filter(span -> OtlpReceiver.trace(span).equals(TRACE))
              .findFirst()
              .orElseThrow();
      assertThat(spans)
          .as("all hang below the request that launched the job")
          .allSatisfy(span -> assertThat(span.getParentSpanId()).isEqualTo(request.getSpanId()));
      assertThat(spans.stream().filter(span -> span.getName().equals("phase Training")))
          .singleElement()
          .satisfies(span -> assertThat(seconds(span)).isBetween(2.9, 30.0));
      assertThat(spans).as("looks that found nothing new leave no trace").hasSizeLessThan(16);
      assertThat(collector.spans())
          .filteredOn(span -> span.getParentSpanId().isEmpty())
          .as("no trace begins with a statement of a loop")
          .allSatisfy(span -> assertThat(span.getKind()).isEqualTo(SpanKind.SPAN_KIND_SERVER));
      assertThat(server.stop()).isEqualTo(143);
    }
  }

  @Test
  void aProblemNamesTheTraceInWhichItHappened() throws Exception {
    try (OtlpReceiver collector = new OtlpReceiver();
        RunningServer server = start(collector.endpoint().toString())) {
      Api api = new Api(server);
      String own =
          json(api.ask("GET", "/api/v1/jobs/01JD00000000000000000NOBODY", ""))
              .path("traceId")
              .asText();
      String callers = json(launch(server, "no-such-algorithm")).path("traceId").asText();

      assertThat(callers).isEqualTo(TRACE);
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() ->
              assertThat(collector.spans())
                  .anySatisfy(span -> assertThat(OtlpReceiver.trace(span)).isEqualTo(own)));
      server.stop();
    }
  }

  @Test
  void aCollectorThatIsAwayIsToldOnceAndHoldsNothingUp() throws Exception {
    int nobody;
    try (ServerSocket free = new ServerSocket(0)) {
      nobody = free.getLocalPort();
    }
    try (RunningServer server = start("http://localhost:" + nobody)) {
      assertThat(server.output()).contains("sent to http://localhost:" + nobody);
      Api api = new Api(server);
      api.publish(ShellAlgorithm.write(folder, "quick", "sleep 2\n"));
      for (int i = 0; i < 3; i++) {
        String job = api.launch("quick", "1.0.0", "{}");
        assertThat(api.awaitEnd(job).path("status").asText()).isEqualTo("Completed");
      }
      Awaitility.await().until(() -> server.output().contains("Failed to export"));
      assertThat(server.output()).containsOnlyOnce("Failed to export").doesNotContain("\tat ");
      assertThat(server.stop()).isEqualTo(143);
      assertThat(server.output()).containsOnlyOnce("Failed to export").doesNotContain("\tat ");
    }
  }

  private RunningServer start(String endpoint) {
    return RunningServer.start(
        folder.resolve("data"),
        Map.of(
            "OTEL_EXPORTER_OTLP_ENDPOINT", endpoint, "QUARKUS_OTEL_BSP_SCHEDULE_DELAY", "200ms"));
  }

  private static HttpResponse<String> launch(RunningServer server, String algorithm)
      throws Exception {
    String token = Files.readString(server.data().resolve("admin-token")).strip();
    HttpRequest request =
        HttpRequest.newBuilder(
                server.uri("/api/v1/algorithms/" + algorithm + "/versions/1.0.0/jobs"))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .header("traceparent", TRACE_PARENT)
            .POST(BodyPublishers.ofString("{}"))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofString());
    }
  }

  private static JsonNode json(HttpResponse<String> answer) throws Exception {
    return new ObjectMapper().readTree(answer.body());
  }

  private static List<String> names(List<Span> spans) {
    return spans.stream().map(Span::getName).toList();
  }

  private static double seconds(Span span) {
    return (span.getEndTimeUnixNano() - span.getStartTimeUnixNano()) / 1e9;
  }
}
