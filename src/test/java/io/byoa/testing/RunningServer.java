package io.byoa.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * The built application as a process of its own, as an operator starts it: it can be asked, stopped
 * and killed. What it prints goes to a file beside its data folder.
 */
public final class RunningServer implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final Path data;
  private final Path output;
  private final int port;

  private RunningServer(Process process, Path data, Path output, int port) {
    this.process = process;
    this.data = data;
    this.output = output;
    this.port = port;
  }

  /** Starts it on this data folder and waits until it is ready. */
  public static RunningServer start(Path data) {
    return start(data, Map.of());
  }

  /**
   * Starts it and waits until it is ready.
   *
   * @param environment on top of this process's; {@code BYOA_…} settings
   */
  public static RunningServer start(Path data, Map<String, String> environment) {
    return start(data, environment, List.of());
  }

  /**
   * Starts it and waits until it is ready.
   *
   * @param before words in front of the command, such as {@code setsid}
   */
  public static RunningServer start(
      Path data, Map<String, String> environment, List<String> before) {
    RunningServer server = begin(data, environment, before);
    try {
      server.awaitReady();
      return server;
    } catch (RuntimeException | Error e) {
      server.close();
      throw e;
    }
  }

  /** Starts it and does not wait, for tests of starts that fail or are interrupted. */
  public static RunningServer begin(
      Path data, Map<String, String> environment, List<String> before) {
    int port = freePorts();
    List<String> command = new ArrayList<>(before);
    command.addAll(command(List.of()));
    Path output = data.resolveSibling(data.getFileName() + ".output");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("BYOA_DATA", data.toString());
    builder.environment().put("BYOA_PORT", Integer.toString(port));
    builder.environment().put("BYOA_DATABASE_BINARIES", Scratch.postgresBinaries().toString());
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    try {
      return new RunningServer(builder.start(), data, output, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The command line of the application with these arguments. */
  public static List<String> command(List<String> arguments) {
    String application = System.getProperty("byoa.test.application");
    if (application == null) {
      application = Scratch.buildFolder().resolve("quarkus-app/quarkus-run.jar").toString();
    }
    if (!Files.exists(Path.of(application))) {
      throw new IllegalStateException(
          application + " is not built; run ./mvnw package first, or verify instead of test");
    }
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseSerialGC"));
    command.addAll(List.of("-jar", application));
    command.addAll(arguments);
    return command;
  }

  /** An address of the API, such as {@code /api/v1/jobs}. */
  public URI uri(String path) {
    return URI.create("http://localhost:" + port + path);
  }

  /** An address on the management port, such as {@code /q/health}. */
  public URI management(String path) {
    return URI.create("http://localhost:" + (port + 1) + path);
  }

  /** Its data folder. */
  public Path data() {
    return data;
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /** What it has printed so far, former starts on the same folder included. */
  public String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks it to end, as Ctrl-C and {@code kill} do, and returns its exit code. */
  public int stop() {
    process.destroy();
    return awaitEnd();
  }

  /** Kills it with SIGKILL; it cannot do anything about it. */
  public void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Waits for its end and returns its exit code. */
  public int awaitEnd() {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("The server did not end. It printed:\n" + output());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Waits until it says that it is ready to serve. */
  public void awaitReady() {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(management("/q/health/ready"))
              .timeout(Duration.ofSeconds(5))
              .build();
      Awaitility.await("the server on " + port)
          .atMost(PATIENCE)
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(25))
          .until(() -> !process.isAlive() || isReady(client, request));
    }
    if (!process.isAlive()) {
      throw new AssertionError("The server ended at its start. It printed:\n" + output());
    }
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      stop();
    }
  }

  private static boolean isReady(HttpClient client, HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The first of two free neighbours, below the ports that outgoing connections are given. */
  private static int freePorts() {
    while (true) {
      int candidate = ThreadLocalRandom.current().nextInt(10_000, 32_000);
      try (ServerSocket first = new ServerSocket(candidate);
          ServerSocket second = new ServerSocket(candidate + 1)) {
        return Math.min(first.getLocalPort(), second.getLocalPort());
      } catch (IOException e) {
        // One is taken; try another pair.
      }
    }
  }
}
