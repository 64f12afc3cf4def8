package io.byoa;

import static org.assertj.core.api.Assertions.assertThat;

import io.byoa.database.DataFolder;
import io.byoa.database.DatabaseAddress;
import io.byoa.database.EmbeddedPostgres;
import io.byoa.testing.Api;
import io.byoa.testing.EmbeddedDatabase;
import io.byoa.testing.RunningServer;
import io.byoa.testing.Scratch;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several built servers on one PostgreSQL that the operator brings. */
@SuppressWarnings("NullAway.Init") // JUnit fills the fields before each test
final class SharedStoreIT {

  private final Path scratch = Scratch.folder("shared-store");
  private EmbeddedPostgres postgres;

  @BeforeEach
  void startDatabase() {
    Path own = scratch.resolve("own");
    EmbeddedDatabase.copyDatabaseInto(DataFolder.open(own).path());
    postgres =
        EmbeddedPostgres.start(
            new DataFolder(own), Scratch.postgresBinaries(), Map.of(), step -> {});
  }

  @AfterEach
  void stopDatabase() {
    postgres.close();
    Scratch.delete(scratch);
  }

  private Map<String, String> database(String... more) {
    DatabaseAddress address = postgres.address();
    Map<String, String> environment = new HashMap<>();
    environment.put("BYOA_DATABASE_URL", address.url());
    environment.put("BYOA_DATABASE_USER", address.user());
    environment.put("BYOA_DATABASE_PASSWORD", address.password());
    for (int i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
    return environment;
  }

  private static void assertRefused(RunningServer server) {
    assertThat(server.awaitEnd()).isEqualTo(1);
    String said = server.output();
    assertThat(said.substring(said.lastIndexOf("BYOA does not start")))
        .contains("BYOA does not start. The database knows another store")
        .contains("Several replicas need one store that all of them share")
        .contains("BYOA_STORE_FILE_FOLDER", "BYOA_S3_BUCKET")
        .doesNotContain("BYOA is ready", "\tat ");
  }

  @Test
  void refusesASecondReplicaWithAStoreOfItsOwn() throws Exception {
    Path first = scratch.resolve("first");
    Path second = scratch.resolve("second");
    try (RunningServer one = RunningServer.start(first, database())) {
      try (RunningServer two = RunningServer.begin(second, database(), List.of())) {
        assertRefused(two);
      }
      // With the store of the first it may join it.
      Map<String, String> shared =
          database("BYOA_STORE_FILE_FOLDER", first.resolve("store").toString());
      try (RunningServer two = RunningServer.start(second, shared)) {
        Api api = new Api(one);
        api.publish(Path.of("examples/nile-smoothing/algorithm"));
        assertThat(
                new Api(two, api.token())
                    .get("/api/v1/algorithms/nile-smoothing/versions/1.0.0")
                    .path("version")
                    .asText())
            .isEqualTo("1.0.0");
      }
    }
    // Nor alone, after the first has ended: what that one stored would be missing.
    try (RunningServer two = RunningServer.begin(second, database(), List.of())) {
      assertRefused(two);
    }
    // Unless the operator says that it is meant.
    assertThat(command(second, "adopt-store")).contains("as its own");
    try (RunningServer two = RunningServer.start(second, database())) {
      assertThat(two.output()).contains("BYOA is ready");
    }
  }

  @Test
  void refusesASecondServerOnTheSameDataFolder() {
    Path data = scratch.resolve("data");
    try (RunningServer one = RunningServer.start(data, database());
        RunningServer two = RunningServer.begin(data, database(), List.of())) {
      assertThat(two.awaitEnd()).isEqualTo(1);
      assertThat(two.output())
          .contains("BYOA does not start. Another BYOA (process " + one.pid())
          .contains(one.uri("").toString());
    }
  }

  private String command(Path data, String... arguments) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(RunningServer.command(List.of(arguments)));
    builder.environment().putAll(database("BYOA_DATA", data.toString()));
    Process process = builder.redirectErrorStream(true).start();
    String output =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
