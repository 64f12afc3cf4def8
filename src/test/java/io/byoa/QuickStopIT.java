package io.byoa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
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
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that wait for something do not keep a server from stopping. */
final class QuickStopIT {

  @TempDir Path folder;

  /** A client of this server that reads answers as they come. */
  private record Reader(HttpClient http, RunningServer server, String token)
      implements AutoCloseable {

    CompletableFuture<HttpResponse<Stream<String>>> ask(String path) {
      HttpRequest request =
          HttpRequest.newBuilder(server.uri(path))
              .header("Authorization", "Bearer " + token)
              .build();
      return http.sendAsync(request, BodyHandlers.ofLines());
    }

    /** Reads until such a line has come; the rest is still to be read. */
    Iterator<String> open(String path, String awaited) throws Exception {
      Iterator<String> lines = ask(path).get(10, TimeUnit.SECONDS).body().iterator();
      while (!lines.next().contains(awaited)) {}
      return lines;
    }

    /** Not only closes, which would wait for streams that a failed test leaves open. */
    @Override
    public void close() {
      http.shutdownNow();
    }
  }

  @Test
  @Timeout(120)
  void endsWhatWaitsAndStopsAtOnce() throws Exception {
    try (RunningServer server = RunningServer.start(folder.resolve("data"));
        HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        Reader reader = new Reader(http, server, new Api(server).token())) {
      Api api = new Api(server);
      api.publish(ShellAlgorithm.write(folder, "endless", "echo begun; sleep 120 & wait\n"));
      String job = "/api/v1/jobs/" + api.launch("endless", "1.0.0", "{}");

      Iterator<String> log = reader.open(job + "/logs?follow=true", "begun");
      Iterator<String> history = reader.open(job + "/events", "Training");
      Iterator<String> everything = reader.open("/api/v1/events", "still here");
      var poll = reader.ask(job + "?wait=60s");
      var result = reader.ask(job + "/result?wait=60s");
      // They are under way when an answer to a later question is here.
      assertThat(api.get(job).path("status").asText()).isEqualTo("InProgress");
      assertThat(poll).as("there is something to wait for").isNotDone();

      long asked = System.nanoTime();
      assertThat(server.stop()).isEqualTo(143);
      assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(5));

      assertThatCode(() -> everything.forEachRemaining(line -> {}))
          .as("ends, to be resumed")
          .doesNotThrowAnyException();
      assertThatCode(() -> history.forEachRemaining(line -> {})).doesNotThrowAnyException();
      assertThatThrownBy(() -> log.forEachRemaining(line -> {}))
          .as("breaks off: an end would say that this is the whole log")
          .isInstanceOf(UncheckedIOException.class);
      assertThat(poll.get(5, TimeUnit.SECONDS).body())
          .anyMatch(line -> line.contains("InProgress"));
      assertThat(result.get(5, TimeUnit.SECONDS).statusCode()).isEqualTo(409);
      assertThat(server.output()).doesNotContain("ERROR", "Exception");
    }
  }
}
