package io.byoa.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@TestProfile(WithoutDatabase.class)
@Timeout(60)
final class EventStreamIT {

  @SuppressWarnings("NullAway.Init") // filled before the tests
  @TestHTTPResource("/api/v1/test/stream")
  URI stream;

  @Test
  void sendsNumberedEventsThatNothingMayKeepBack() throws Exception {
    try (Reading lines = open("0")) {
      assertThat(lines.next(3))
          .containsExactly("id:1", "event:number", "data:[\"line\\nbreak\",1]");
    }
    await().until(() -> TestStreamResource.OPEN.get() == 0);
  }

  @Test
  void resumesAfterTheLastEventSeenAndGoesOnLive() throws Exception {
    try (Reading lines = open("9")) {
      assertThat(lines.next(3)).contains("id:10");
      await().until(() -> TestStreamResource.OPEN.get() == 1);
      TestStreamResource.LIVE.onNext(11);
      assertThat(lines.next(3)).contains("id:11");
    }
  }

  @Test
  void saysEveryFifteenSecondsThatItIsStillThere() throws Exception {
    try (Reading lines = open("10")) {
      long began = System.nanoTime();
      assertThat(lines.line()).startsWith(":");
      assertThat((System.nanoTime() - began) / 1e9).isLessThan(16);
      // Nothing a client would take for an event.
      assertThat(lines.line()).isEmpty();
    }
  }

  @Test
  void endsAtOnceWhenTheEventsEnd() throws Exception {
    try (Reading lines = open("10")) {
      await().until(() -> TestStreamResource.OPEN.get() == 1);
      long began = System.nanoTime();
      TestStreamResource.LIVE.onNext(99);
      assertThat(lines.rest()).isEmpty();
      assertThat((System.nanoTime() - began) / 1e9).isLessThan(5);
    }
  }

  @Test
  void refusesAnIdThatIsNone() {
    given()
        .header("Last-Event-ID", "yesterday")
        .get("/api/v1/test/stream")
        .then()
        .statusCode(400)
        .header("Content-Type", "application/problem+json")
        .body("code", equalTo("last-event-id-invalid"));
  }

  @Test
  void aStreamCostsNoThread() throws Exception {
    int before = Thread.getAllStackTraces().size();
    List<Reading> open = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      open.add(open("10"));
    }
    await().until(() -> TestStreamResource.OPEN.get() == 100);
    // The pools may grow, but not with the number of streams.
    assertThat(Thread.getAllStackTraces().size()).isLessThan(before + 50);
    open.forEach(Reading::close);
    await().until(() -> TestStreamResource.OPEN.get() == 0);
  }

  private Reading open(String last) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) stream.toURL().openConnection();
    connection.setRequestProperty("Last-Event-ID", last);
    connection.setReadTimeout(20_000);
    assertThat(connection.getResponseCode()).isEqualTo(200);
    assertThat(connection.getContentType()).startsWith("text/event-stream");
    assertThat(connection.getHeaderFields().get("Cache-Control")).containsExactly("no-store");
    assertThat(connection.getHeaderFields().get("X-Accel-Buffering")).containsExactly("no");
    return new Reading(
        connection,
        new BufferedReader(
            new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8)));
  }

  /** An open stream; closing it closes the connection, as a browser does that leaves the page. */
  private record Reading(HttpURLConnection connection, BufferedReader lines)
      implements AutoCloseable {

    String line() throws IOException {
      return Objects.requireNonNull(lines.readLine(), "The stream has ended");
    }

    List<String> next(int howMany) throws IOException {
      List<String> read = new ArrayList<>();
      while (read.size() < howMany) {
        String line = line();
        if (!line.isEmpty() && !line.startsWith(":")) {
          read.add(line);
        }
      }
      return read;
    }

    List<String> rest() {
      return lines.lines().filter(line -> !line.isEmpty() && !line.startsWith(":")).toList();
    }

    @Override
    public void close() {
      connection.disconnect();
    }
  }
}
