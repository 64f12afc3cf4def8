package io.byoa.job;

import io.byoa.access.Bearer;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Answers that come bit by bit. */
final class Streams {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private Streams() {}

  /** One event of an event stream. */
  record Event(String id, String name, String data) {}

  /** The open answer, line by line; ends when the server ends it. */
  static HttpResponse<Stream<String>> open(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
            .timeout(Duration.ofSeconds(60))
            .header("Authorization", "Bearer " + Bearer.adminToken());
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return CLIENT.send(request.build(), BodyHandlers.ofLines());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The events up to when they are enough, or all of them when the stream ends before. */
  static List<Event> events(String path, Predicate<List<Event>> enough, String... headers) {
    List<Event> events = new ArrayList<>();
    try (Stream<String> lines = open(path, headers).body()) {
      String id = "";
      String name = "";
      StringBuilder data = new StringBuilder();
      for (String line : (Iterable<String>) lines::iterator) {
        if (line.startsWith("id:")) {
          id = line.substring(3).strip();
        } else if (line.startsWith("event:")) {
          name = line.substring(6).strip();
        } else if (line.startsWith("data:")) {
          data.append(line.substring(5).strip());
        } else if (line.isEmpty() && !data.isEmpty()) {
          events.add(new Event(id, name, data.toString()));
          data.setLength(0);
          if (enough.test(events)) {
            break;
          }
        }
      }
    }
    return events;
  }
}
