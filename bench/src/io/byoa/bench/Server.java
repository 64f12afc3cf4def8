package io.byoa.bench;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/** A server process, with the port it answers on. */
final class Server implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Process process;
  private final int port;
  private final Path data;

  private Server(Process process, int port, Path data) {
    this.process = process;
    this.port = port;
    this.data = data;
  }

  /** Starts BYOA as {@code make run} does, and waits until it says that it is ready. */
  static Server byoa(Path data, Map<String, String> environment) {
    int port = freePort();
    Map<String, String> all = new HashMap<>(environment);
    all.put("BYOA_DATA", data.toString());
    all.put("BYOA_PORT", Integer.toString(port));
    all.put("BYOA_DATABASE_BINARIES", Path.of("target/postgres").toAbsolutePath().toString());
    Server server = start(List.of("make", "-s", "run"), all, data, port);
    server.await(port + 1, "/q/health/ready", status -> status == 200);
    return server;
  }

  /** Starts the bare server on a database, and waits until it answers. */
  static Server bare(Database database, Path data) {
    int port = freePort();
    Server server =
        start(
            List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:+UseSerialGC",
                "-Xms64m",
                "-Xmx512m",
                "-jar",
                "bench/bare/target/quarkus-app/quarkus-run.jar"),
            Map.of(
                "BARE_PORT", Integer.toString(port),
                "BARE_DATABASE_URL", database.url(),
                "BARE_DATABASE_USER", database.user(),
                "BARE_DATABASE_PASSWORD", database.password()),
            data,
            port);
    server.await(port, "/", status -> true);
    return server;
  }

  private static Server start(
      List<String> command, Map<String, String> environment, Path data, int port) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log(data).toFile()));
    try {
      return new Server(builder.start(), port, data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void await(int at, String path, IntPredicate wanted) {
    long begun = System.nanoTime();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at + path)).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      while (process.isAlive() && System.nanoTime() - begun < PATIENCE.toNanos()) {
        try {
          int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
          if (wanted.test(status)) {
            return;
          }
        } catch (IOException e) {
          // Not listening yet.
        }
        Thread.sleep(5);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    throw new IllegalStateException("A server does not start; its log is " + log(data));
  }

  private static Path log(Path data) {
    return data.resolveSibling(data.getFileName() + ".log");
  }

  int port() {
    return port;
  }

  /** Resident memory of the process and everything it started, in MiB; shared pages count once. */
  double residentMiB() {
    return processes().mapToLong(pid -> kib(pid, "smaps_rollup", "Pss:")).sum() / 1024.0;
  }

  /** The same as {@code ps} adds it up: shared pages count in every process that maps them. */
  double summedResidentMiB() {
    return processes().mapToLong(pid -> kib(pid, "status", "VmRSS:")).sum() / 1024.0;
  }

  private Stream<Long> processes() {
    // PostgreSQL is nobody's child; its pid file says who it is.
    Stream<ProcessHandle> database =
        Database.postmaster(data).flatMap(ProcessHandle::of).stream()
            .flatMap(handle -> Stream.concat(Stream.of(handle), handle.descendants()));
    Stream<ProcessHandle> own = Stream.concat(Stream.of(process.toHandle()), process.descendants());
    return Stream.concat(own, database).map(ProcessHandle::pid);
  }

  private static long kib(long pid, String file, String field) {
    try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), file))) {
      return lines
          .filter(line -> line.startsWith(field))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException | UncheckedIOException e) {
      return 0;
    }
  }

  @Override
  public void close() {
    process.descendants().findFirst().ifPresentOrElse(ProcessHandle::destroy, process::destroy);
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first of two free neighbours. */
  private static int freePort() {
    for (int port = 18_080; port < 30_000; port += 2) {
      try (ServerSocket first = new ServerSocket(port);
          ServerSocket second = new ServerSocket(port + 1)) {
        return first.getLocalPort();
      } catch (IOException e) {
        // Taken.
      }
    }
    throw new IllegalStateException("No two free ports");
  }
}
