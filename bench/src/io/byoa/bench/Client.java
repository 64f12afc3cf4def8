package io.byoa.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a person would do with curl: publish, launch, look. */
final class Client implements AutoCloseable {

  private static final Pattern ID = Pattern.compile("\"id\":\"([0-9A-Z]{26})\"");
  private static final Pattern STATUS = Pattern.compile("\"status\":\"([A-Za-z]+)\"");

  private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final int port;
  private final String token;

  Client(Server server, Path data) throws IOException {
    port = server.port();
    token = Files.readString(data.resolve("admin-token")).strip();
  }

  String token() {
    return token;
  }

  /** Publishes a Python program of one file under a name, as version 1.0.0. */
  void publish(String algorithm, String program) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("algorithm");
    Files.writeString(
        folder.resolve("algorithm.json"),
        """
        {"name": "%s", "version": "1.0.0", "description": "Made by the benchmark.",
         "runtime": {"language": "python", "version": "3.11"}, "entryPoint": "train.py",
         "metrics": [{"name": "x", "regex": "x=([0-9.]+);"}],
         "hyperParameters": {"type": "object", "properties": {
           "seconds": {"type": "integer", "minimum": 0, "default": 0}}}}
        """
            .formatted(algorithm));
    Files.writeString(folder.resolve("train.py"), program);
    Path archive = folder.resolve("code.tar.gz");
    run("tar", "-czf", archive.toString(), "-C", folder.toString(), "algorithm.json", "train.py");
    put("/api/v1/algorithms/" + algorithm + "/versions/1.0.0", archive, "application/gzip");
  }

  /** Sends a file; the answer must be 201. */
  void put(String path, Path file, String type) throws IOException, InterruptedException {
    send(uri(path), file, type, 201);
  }

  /** Sends a file to another server. */
  void upload(Server other, String path, Path file, String type, int status)
      throws IOException, InterruptedException {
    send(URI.create("http://localhost:" + other.port() + path), file, type, status);
  }

  private void send(URI to, Path file, String type, int status)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(to)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", type)
            .PUT(HttpRequest.BodyPublishers.ofFile(file))
            .build();
    expect(status, http.send(request, HttpResponse.BodyHandlers.ofString()));
  }

  /** Launches and returns the job's id. */
  String launch(String algorithm, String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri(launchPath(algorithm)))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
            .build();
    return id(expect(202, http.send(request, HttpResponse.BodyHandlers.ofString())));
  }

  /** The id of the job that an answer describes. */
  static String id(String answer) {
    return find(ID, answer);
  }

  /** Stops a job and waits for its end, so that nothing is left running. */
  void stop(String job) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri("/api/v1/jobs/" + job + "/stop"))
            .header("Authorization", "Bearer " + token)
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    expect(200, http.send(request, HttpResponse.BodyHandlers.ofString()));
    await(job, List.of("Stopped"));
  }

  static String launchPath(String algorithm) {
    return "/api/v1/algorithms/" + algorithm + "/versions/1.0.0/jobs";
  }

  /** Waits for one of these statuses. */
  void await(String job, List<String> statuses) throws IOException, InterruptedException {
    for (int tries = 0; tries < 6_000; tries++) {
      String body = get("/api/v1/jobs/" + job);
      if (statuses.contains(find(STATUS, body))) {
        return;
      }
      Thread.sleep(20);
    }
    throw new IllegalStateException("The job does not become " + statuses);
  }

  String get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + token).build();
    return expect(200, http.send(request, HttpResponse.BodyHandlers.ofString()));
  }

  private URI uri(String path) {
    return URI.create("http://localhost:" + port + path);
  }

  private static String expect(int status, HttpResponse<String> answer) {
    if (answer.statusCode() != status) {
      throw new IllegalStateException(
          answer.request().uri() + " answers " + answer.statusCode() + ": " + answer.body());
    }
    return answer.body();
  }

  private static String find(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException("No " + pattern + " in " + text);
    }
    return matcher.group(1);
  }

  static void run(String... command) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(command));
    if (new ProcessBuilder(words).inheritIO().start().waitFor() != 0) {
      throw new IOException("Failed: " + String.join(" ", words));
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
