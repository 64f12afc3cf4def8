package io.byoa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byoa.testing.Api;
import io.byoa.testing.RunningServer;
import io.byoa.testing.ShellAlgorithm;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that wait for something do not keep a server from stopping. */
final class QuickStopIT {

  @TempDir Path folder;

  /** A client of this server that reads answers as they come. */
  private record Reader(HttpClient http, RunningServer server, String token) {

    CompletableFuture<HttpResponse<Stream<String>>> ask(String path) {
      HttpRequest request =
          HttpRequest.newBuilder(server.uri(path))
              .header("Authorization", "Bearer " + token)
              .build();
      return http.sendAsync(request, BodyHandlers.ofLines());
    }

    Stream<String> open(String path) throws Exception {
      return ask(path).get(5, TimeUnit.SECONDS).body();
    }
  }

  @Test
  @Timeout(120)
  void endsWhatWaitsAndStopsAtOnce() throws Exception {
    try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        RunningServer server = RunningServer.start(folder.resolve("data"))) {
      Api api = new Api(server);
      Reader reader = new Reader(http, server, api.token());
      api.publish(ShellAlgorithm.write(folder, "endless", "echo begun; sleep 120 & wait\n"));
      String job = "/api/v1/jobs/" + api.launch("endless", "1.0.0", "{}");
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> api.text(job + "/logs").contains("begun"));

      Stream<String> everything = reader.open("/api/v1/events");
      Stream<String> history = reader.open(job + "/events");
      Stream<String> log = reader.open(job + "/logs?follow=true");
      var poll = reader.ask(job + "?wait=60s");
      var result = reader.ask(job + "/result?wait=60s");
      // They are under way when an answer to a later question is here.
      assertThat(api.get(job).path("status").asText()).isEqualTo("InProgress");
      assertThat(poll).as("there is something to wait for").isNotDone();

      long asked = System.nanoTime();
      assertThat(server.stop()).isEqualTo(143);
      assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(5));

      assertThat(everything.toList()).as("ends, to be resumed").isNotNull();
      assertThat(history.toList()).anyMatch(line -> line.contains("Training"));
      assertThatThrownBy(log::toList)
          .as("breaks off: an end would say that this is the whole log")
          .isInstanceOf(UncheckedIOException.class);
      assertThat(poll.get(5, TimeUnit.SECONDS).body())
          .anyMatch(line -> line.contains("InProgress"));
      assertThat(result.get(5, TimeUnit.SECONDS).statusCode()).isEqualTo(409);
      assertThat(server.output()).doesNotContain("ERROR", "Exception");
    }
  }
}
