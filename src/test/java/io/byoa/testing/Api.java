package io.byoa.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/** A client of a running server, as a program outside would write one; it is its administrator. */
public final class Api {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> ENDS = Set.of("Completed", "Failed", "Stopped");

  private final HttpClient http = HttpClient.newHttpClient();
  private final RunningServer server;
  private final String token;

  /** Takes the token that the first start left in the data folder. */
  public Api(RunningServer server) {
    this(server, adminToken(server));
  }

  /** Takes a token that another replica has given out. */
  public Api(RunningServer server, String token) {
    this.server = server;
    this.token = token;
  }

  private static String adminToken(RunningServer server) {
    try {
      return Files.readString(server.data().resolve("admin-token")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The token that it sends. */
  public String token() {
    return token;
  }

  /** GET, answered as JSON; anything but a success fails the test. */
  public JsonNode get(String path) {
    return json(send(request(path).GET().build(), true));
  }

  /** GET, answered as text. */
  public String text(String path) {
    return send(request(path).GET().build(), true).body();
  }

  /** POST of a JSON text. */
  public JsonNode post(String path, String body) {
    return json(
        send(
            request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build(),
            true));
  }

  /** Any request, whatever comes of it. */
  public HttpResponse<String> ask(String method, String path, String body) {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build(),
        false);
  }

  /** Publishes a folder as what its descriptor says, archived by the machine's own tar. */
  public JsonNode publish(Path folder) {
    try {
      JsonNode descriptor = JSON.readTree(folder.resolve("algorithm.json").toFile());
      Path archive = Files.createTempFile("byoa-", ".tar.gz");
      try {
        run("tar", "-czf", archive.toString(), "-C", folder.toString(), ".");
        String path =
            "/api/v1/algorithms/%s/versions/%s"
                .formatted(descriptor.path("name").asText(), descriptor.path("version").asText());
        return json(send(request(path).PUT(BodyPublishers.ofFile(archive)).build(), true));
      } finally {
        Files.delete(archive);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Uploads one file as a dataset. */
  public JsonNode upload(String name, Path file) {
    try {
      return json(
          send(
              request("/api/v1/datasets?name=" + name)
                  .header("Content-Type", "text/csv")
                  .header(
                      "Content-Disposition", "attachment; filename=\"" + file.getFileName() + "\"")
                  .POST(BodyPublishers.ofFile(file))
                  .build(),
              true));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Launches, and answers the job's id. */
  public String launch(String algorithm, String version, String body) {
    return post("/api/v1/algorithms/%s/versions/%s/jobs".formatted(algorithm, version), body)
        .path("id")
        .asText();
  }

  /** The job once it has ended. */
  public JsonNode awaitEnd(String job) {
    JsonNode status = get("/api/v1/jobs/" + job);
    for (int i = 0; i < 10 && !ENDS.contains(status.path("status").asText()); i++) {
      status = get("/api/v1/jobs/" + job + "?wait=60s");
    }
    return status;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.uri(path))
        .timeout(Duration.ofSeconds(90))
        .header("Authorization", "Bearer " + token);
  }

  private HttpResponse<String> send(HttpRequest request, boolean mustSucceed) {
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      if (mustSucceed && response.statusCode() >= 300) {
        throw new AssertionError(
            "%s %s answered %d: %s\nThe server printed:\n%s"
                .formatted(
                    request.method(),
                    request.uri(),
                    response.statusCode(),
                    response.body(),
                    server.output()));
      }
      return response;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode json(HttpResponse<String> response) {
    try {
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void run(String... command) throws IOException {
    try {
      Process process = new ProcessBuilder(command).inheritIO().start();
      if (process.waitFor() != 0) {
        throw new AssertionError(String.join(" ", command) + " failed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
