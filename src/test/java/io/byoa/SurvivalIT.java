package io.byoa;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.byoa.testing.Api;
import io.byoa.testing.RunningServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is lost when the server is killed, and a job that is interrupted goes on. */
class SurvivalIT {

  /** Counts to a hundred in ten seconds, and remembers how far it came. */
  private static final String PROGRAM =
      """
      #!/bin/sh
      state=/opt/ml/checkpoints/state
      [ -d /opt/ml/checkpoints ] || state="${SM_OUTPUT_DIR%/output}/checkpoints/state"
      n=$(cat "$state" 2>/dev/null || echo 0)
      echo "starting after $n"
      while [ "$n" -lt 100 ]; do
        n=$((n + 1))
        echo "count=$n"
        echo "$n" >"$state.new" && mv "$state.new" "$state"
        sleep 0.1
      done
      echo "$n" >"$SM_MODEL_DIR/count"
      """;

  private static final String DESCRIPTOR =
      """
      {
        "name": "counter",
        "version": "1.0.0",
        "runtime": { "language": "other" },
        "entryPoint": "count",
        "metrics": [ { "name": "count", "regex": "^count=([0-9]+)$" } ],
        "checkpoints": true
      }
      """;

  @TempDir Path folder;

  @Test
  void aJobOutlivesAServerThatIsKilledAndLosesNothing() throws Exception {
    Path data = folder.resolve("data");
    String job;
    try (RunningServer first = RunningServer.start(data)) {
      Api api = new Api(first);
      api.publish(algorithm());
      job = api.launch("counter", "1.0.0", "{}");
      awaitCount(api, job, 5);
      first.kill();
    }
    try (RunningServer second = RunningServer.start(data)) {
      Api api = new Api(second);
      JsonNode ended = api.awaitEnd(job);
      assertThat(ended.path("status").asText()).as(ended.toPrettyString()).isEqualTo("Completed");
      assertThat(ended.path("attempts")).as("it was never started again").hasSize(1);
      assertThat(api.text("/api/v1/jobs/" + job + "/logs")).isEqualTo(uninterruptedLog());
      assertThat(points(api, job)).isEqualTo(100);
      second.stop();
    }
  }

  @Test
  void anInterruptedJobGoesOnFromItsCheckpoint() throws Exception {
    try (RunningServer server = RunningServer.start(folder.resolve("data"))) {
      Api api = new Api(server);
      api.publish(algorithm());
      String job = api.launch("counter", "1.0.0", "{}");
      awaitCount(api, job, 5);
      api.post("/api/v1/jobs/" + job + "/interrupt", "");
      JsonNode ended = api.awaitEnd(job);
      assertThat(ended.path("status").asText()).as(ended.toPrettyString()).isEqualTo("Completed");
      assertThat(ended.path("attempts")).hasSize(2);
      assertThat(ended.path("attempts").path(0).path("end").asText()).isEqualTo("Interrupted");
      assertThat(api.text("/api/v1/jobs/" + job + "/logs"))
          .containsPattern("starting after [1-9]")
          .endsWith("count=100\n");
      server.stop();
    }
  }

  @Test
  void aJobThatIsStoppedKeepsWhatItLeft() throws Exception {
    try (RunningServer server = RunningServer.start(folder.resolve("data"))) {
      Api api = new Api(server);
      api.publish(algorithm());
      String job = api.launch("counter", "1.0.0", "{}");
      awaitCount(api, job, 3);
      api.post("/api/v1/jobs/" + job + "/stop", "");
      JsonNode ended = api.awaitEnd(job);
      assertThat(ended.path("status").asText()).as(ended.toPrettyString()).isEqualTo("Stopped");
      assertThat(ended.has("failure")).isFalse();
      assertThat(api.post("/api/v1/jobs/" + job + "/stop", "").path("status").asText())
          .as("stopping again changes nothing")
          .isEqualTo("Stopped");
      server.stop();
    }
  }

  private Path algorithm() throws Exception {
    Path algorithm = Files.createDirectories(folder.resolve("algorithm"));
    Files.writeString(algorithm.resolve("count"), PROGRAM);
    Files.writeString(algorithm.resolve("algorithm.json"), DESCRIPTOR);
    return algorithm;
  }

  private static void awaitCount(Api api, String job, int count) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() ->
            api.get("/api/v1/jobs/" + job).path("metrics").path("count").path("value").asInt()
                >= count);
  }

  private static String uninterruptedLog() {
    StringBuilder log = new StringBuilder("starting after 0\n");
    for (int i = 1; i <= 100; i++) {
      log.append("count=").append(i).append('\n');
    }
    return log.toString();
  }

  private static int points(Api api, String job) {
    return api.get("/api/v1/jobs/" + job + "/metrics")
        .path("metrics")
        .path(0)
        .path("points")
        .size();
  }
}
