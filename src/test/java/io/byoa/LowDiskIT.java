package io.byoa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byoa.database.DataFolder;
import io.byoa.testing.Api;
import io.byoa.testing.EmbeddedDatabase;
import io.byoa.testing.RunningServer;
import io.byoa.testing.Scratch;
import io.byoa.testing.SmallDisk;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The built application on a disk that really fills up, and really gets room again. */
final class LowDiskIT {

  private static final Path EXAMPLE = Path.of("examples/nile-smoothing");
  private static final String VERSION = "/api/v1/algorithms/nile-smoothing/versions/1.0.0";

  private final Path scratch = Scratch.folder("disk");

  @AfterEach
  void deleteScratch() {
    Scratch.delete(scratch);
  }

  @Test
  void refusesUploadsAndStartsNoJobUntilThereIsRoomAgain() throws Exception {
    Path data = DataFolder.open(scratch.resolve("data")).path();
    try (SmallDisk disk = SmallDisk.at(data, 400)) {
      DataFolder.open(data);
      EmbeddedDatabase.copyDatabaseInto(data);
      try (RunningServer server = RunningServer.start(data, Map.of("BYOA_DISK_FREE", "64M"))) {
        Api api = new Api(server);
        api.publish(EXAMPLE.resolve("algorithm"));
        api.upload("nile", EXAMPLE.resolve("data/nile.csv"));
        assertThat(ready(server).statusCode()).isEqualTo(200);

        Path filler = disk.fillUpTo(40);

        assertThatThrownBy(() -> api.publish(EXAMPLE.resolve("algorithm")))
            .hasMessageContaining("answered 507")
            .hasMessageContaining("storage-full")
            .hasMessageContaining("lower BYOA_DISK_FREE");
        assertThatThrownBy(() -> api.upload("more", EXAMPLE.resolve("data/nile.csv")))
            .hasMessageContaining("answered 507")
            .hasMessageContaining("storage-full");
        assertThat(ready(server).statusCode()).isEqualTo(503);
        assertThat(ready(server).body())
            .contains("should stay free", "Uploads are refused and no job starts", data.toString());

        // Everything can be read, and a launch is accepted: it waits and says for what.
        assertThat(api.get(VERSION).path("version").asText()).isEqualTo("1.0.0");
        String job =
            api.launch("nile-smoothing", "1.0.0", "{\"inputs\": {\"training\": \"dataset:nile\"}}");
        Awaitility.await()
            .atMost(Duration.ofSeconds(20))
            .untilAsserted(() ->
                assertThat(api.get("/api/v1/jobs/" + job).path("statusMessage").asText())
                    .contains("Waiting for room on this machine's disk"));

        Files.delete(filler);

        assertThat(ready(server).statusCode()).isEqualTo(200);
        assertThat(api.awaitEnd(job).path("status").asText()).isEqualTo("Completed");
        api.publish(EXAMPLE.resolve("algorithm"));
      }
    }
  }

  private static HttpResponse<String> ready(RunningServer server) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(server.management("/q/health/ready")).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }
}
