package io.byoa.job.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byoa.access.Bearer;
import io.byoa.job.Jobs;
import io.byoa.job.WrittenJobs;
import io.byoa.job.lifecycle.JobStatus;
import io.byoa.job.watch.JobChanged;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A followed log that cannot go on breaks off, and takes nothing else along. */
@QuarkusTest
@Timeout(60)
final class BrokenOffLogIT {

  @Inject WrittenJobs written;
  @Inject Event<JobChanged> changes;
  @Inject InstantSource time;

  private String job() {
    String job = written.write(JobStatus.IN_PROGRESS, time.instant(), null);
    written.log(job, 1, "the only line");
    return job;
  }

  private static InputStream open(HttpClient client, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
            .header("Authorization", "Bearer " + Bearer.adminToken())
            .build();
    var answer = client.send(request, BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.version()).isEqualTo(client.version());
    return answer.body();
  }

  private static BufferedReader lines(InputStream stream) {
    return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
  }

  private static void awaitLine(BufferedReader lines, String beginning) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(beginning)) {
        return;
      }
    }
    throw new AssertionError("No line " + beginning);
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void doesNotLookCompleteAndLeavesOtherStreamsAlone(HttpClient.Version version) throws Exception {
    String going = job();
    String staying = job();
    try (HttpClient client = HttpClient.newBuilder().version(version).build()) {
      // The first exchange agrees on HTTP/2; the others share its connection.
      open(client, Jobs.JOBS + staying).readAllBytes();
      try (BufferedReader log = lines(open(client, Jobs.JOBS + going + "/logs?follow=true"));
          BufferedReader events = lines(open(client, Jobs.JOBS + staying + "/events"))) {
        assertThat(log.readLine()).isEqualTo("the only line");
        awaitLine(events, "id:1");

        written.expire(going);
        changes.fire(new JobChanged(going, false));
        assertThatThrownBy(log::readLine).isInstanceOf(IOException.class);

        written.event(staying);
        changes.fire(new JobChanged(staying, false));
        awaitLine(events, "id:2");
        // For the stream to end, so that nothing waits for it.
        written.end(staying);
        changes.fire(new JobChanged(staying, false));
        assertThat(events.lines().filter(line -> line.startsWith("id:"))).isEmpty();
      }
    }
  }
}
