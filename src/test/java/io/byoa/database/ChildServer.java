package io.byoa.database;

import io.byoa.common.StartRefused;
import io.byoa.testing.Scratch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JVM of its own that holds a data folder and its database, to be killed. */
final class ChildServer implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;

  private ChildServer(Process process) {
    this.process = process;
    this.output = process.inputReader(StandardCharsets.UTF_8);
  }

  /** What the child runs: it starts, says where its database is, and waits to be ended. */
  public static void main(String... arguments) {
    DataFolder folder = DataFolder.open(Path.of(arguments[0]));
    try {
      FolderLock lock = FolderLock.take(folder, "http://child.example");
      EmbeddedPostgres postgres =
          EmbeddedPostgres.start(
              folder, Path.of(arguments[1]), Map.of(), step -> System.out.println("step " + step));
      DatabaseAddress address = postgres.address();
      System.out.println(
          "ready %s %s %s %d"
              .formatted(address.url(), address.user(), address.password(), postgres.pid()));
      System.in.read();
      postgres.close();
      lock.close();
    } catch (StartRefused e) {
      System.out.println("refused " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts the child on this folder. */
  static ChildServer on(Path data) {
    return on(data, List.of());
  }

  /** Starts the child with these words in front of its command. */
  static ChildServer on(Path data, List<String> before) {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
            "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(ChildServer.class.getName());
    command.addAll(List.of(data.toString(), Scratch.postgresBinaries().toString()));
    try {
      return new ChildServer(
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads on to the line that begins with this word, and returns what follows it. */
  String await(String word) {
    StringBuilder before = new StringBuilder();
    try {
      for (@Nullable String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith(word + " ")) {
          return line.substring(word.length() + 1);
        }
        before.append(line).append('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new AssertionError("The child ended without '" + word + "':\n" + before);
  }

  /** Its database, once that is ready. */
  Held awaitDatabase() {
    List<String> words = List.of(await("ready").split(" ", -1));
    return new Held(
        new DatabaseAddress(words.get(0), words.get(1), words.get(2)),
        Long.parseLong(words.get(3)));
  }

  record Held(DatabaseAddress address, long postmaster) {}

  long pid() {
    return process.pid();
  }

  /** SIGKILL. */
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
