package io.byoa.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.byoa.access.Bearer;
import io.byoa.engine.LaunchName;
import io.byoa.job.JobJournal;
import io.byoa.job.LogIntake;
import io.byoa.job.claim.ClaimRepository;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** What tests of the loop do: launch over HTTP, let time pass, look at what came of it. */
@SuppressWarnings("NullAway.Init") // filled by Quarkus
@Timeout(120)
abstract class Stepping {

  static final String ALGORITHM = "stepped";

  private static final String DESCRIPTOR =
      """
      {
        "name": "stepped",
        "version": "1.0.0",
        "runtime": { "language": "other" },
        "entryPoint": "run",
        "metrics": [ { "name": "step", "regex": "^step=([0-9]+)$" } ],
        "resources": { "instanceTypes": ["ml.m5.large", "ml.c5.xlarge"] }
      }
      """;

  @Inject ClaimRepository claims;
  @Inject JobJournal journal;
  @Inject LogIntake intake;
  @Inject Follower follower;
  @Inject LaunchPass launches;
  @Inject Scanners scanners;
  @Inject AgroalDataSource database;

  @BeforeEach
  void startAfresh() throws Exception {
    StandIns.reset();
    sql("TRUNCATE job CASCADE");
    sql("TRUNCATE lease");
    int status =
        Bearer.admin()
            .contentType("application/gzip")
            .body(archive(Map.of("algorithm.json", DESCRIPTOR, "run", "#!/bin/sh\ntrue\n")))
            .put("/api/v1/algorithms/stepped/versions/1.0.0")
            .statusCode();
    assertThat(status).isIn(200, 201);
  }

  Replica replica(String name) {
    return replica(name, Map.of());
  }

  Replica replica(String name, Map<String, String> settings) {
    return new Replica(name, this, settings);
  }

  String launch() {
    return launch("{}");
  }

  String launch(String body) {
    return Bearer.admin()
        .contentType("application/json")
        .body(body)
        .post("/api/v1/algorithms/stepped/versions/1.0.0/jobs")
        .then()
        .statusCode(202)
        .extract()
        .path("id");
  }

  List<String> launch(int count) {
    List<String> jobs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      jobs.add(launch());
    }
    return jobs;
  }

  static LaunchName name(String job, int launch) {
    return LaunchName.of(ALGORITHM, job, launch);
  }

  void stop(String job) {
    Bearer.admin().post("/api/v1/jobs/" + job + "/stop").then().statusCode(200);
  }

  JsonPath status(String job) {
    return Bearer.admin().get("/api/v1/jobs/" + job).then().statusCode(200).extract().jsonPath();
  }

  String word(String job) {
    return one("SELECT status || '/' || secondary_status FROM job WHERE id = '%s'", job);
  }

  String log(String job) {
    return Bearer.admin()
        .get("/api/v1/jobs/" + job + "/logs")
        .then()
        .statusCode(200)
        .extract()
        .asString();
  }

  /** Everything that is due later is due now. */
  void timePasses() {
    sql("UPDATE job SET due_at = now() WHERE due_at > now()");
  }

  /** A replica's lease has run out. */
  void expire(Replica replica) {
    sql("UPDATE lease SET expires_at = now() - interval '1 s' WHERE replica = '%s'", replica.name);
  }

  String owner(String job) {
    return one("SELECT owner FROM job WHERE id = '%s'", job);
  }

  /** The numbers and words of a job's events, in their order. */
  List<String> events(String job) {
    return column(
        "SELECT number || ' ' || (data ->> 'status') || '/' || (data ->> 'secondaryStatus')"
            + " FROM job_event WHERE job = '%s' ORDER BY number",
        job);
  }

  String one(String query, Object... values) {
    List<String> rows = column(query, values);
    assertThat(rows).hasSize(1);
    return rows.getFirst();
  }

  @SuppressWarnings("AnnotateFormatMethod") // tests' own text
  List<String> column(String query, Object... values) {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(query.formatted(values));
        ResultSet rows = statement.executeQuery()) {
      List<String> column = new ArrayList<>();
      while (rows.next()) {
        column.add(String.valueOf(rows.getString(1)));
      }
      return column;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @SuppressWarnings("AnnotateFormatMethod") // tests' own text
  int sql(String statement, Object... values) {
    try (Connection connection = database.getConnection();
        PreparedStatement prepared = connection.prepareStatement(statement.formatted(values))) {
      return prepared.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  private static byte[] archive(Map<String, String> files) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        byte[] content = file.getValue().getBytes(UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    }
    return out.toByteArray();
  }

  /** The numbers of a job's events are 1, 2, 3… without a gap. */
  void assertEventsAreGapless(String job) {
    List<String> numbers =
        column("SELECT number FROM job_event WHERE job = '%s' ORDER BY number", job);
    for (int i = 0; i < numbers.size(); i++) {
      assertThat(numbers.get(i)).isEqualTo(Integer.toString(i + 1));
    }
    assertThat(numbers).isNotEmpty();
  }
}
