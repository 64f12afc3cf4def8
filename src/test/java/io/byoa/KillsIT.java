package io.byoa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.byoa.testing.Api;
import io.byoa.testing.RunningServer;
import io.byoa.testing.Scratch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Running jobs while the server is killed with SIGKILL again and again (R8). {@code make test} runs
 * the short form, {@code make reliability} the long one.
 */
final class KillsIT {

  private static final Logger LOG = Logger.getLogger(KillsIT.class);

  private static final int KILLS = Integer.getInteger("byoa.reliability.kills", 3);
  private static final int JOBS = Integer.getInteger("byoa.reliability.jobs", 3);
  private static final long SEED = Long.getLong("byoa.reliability.seed", System.nanoTime());

  /** How long the programs run; longer than the kills take. */
  private static final int LINES = Integer.getInteger("byoa.reliability.lines", 120);

  private static final String PROGRAM =
      """
      #!/bin/sh
      # Prints its way to an end whose exit code is its own: $2, after $4 lines, for the run $6.
      n=0
      echo "starting"
      while [ "$n" -lt "$4" ]; do
        n=$((n + 1))
        echo "line=$n of a job that ends with $2"
        [ $((n % 7)) -ne 0 ] || echo "a word to stderr after $n" >&2
        sleep 0.1
      done
      exit "$2"
      """;

  private static final String DESCRIPTOR =
      """
      {
        "name": "lines",
        "version": "1.0.0",
        "runtime": { "language": "other" },
        "entryPoint": "run",
        "arguments": "flags",
        "hyperParameters": {
          "type": "object",
          "properties": {
            "a-exit": { "type": "integer" },
            "b-lines": { "type": "integer" },
            "c-run": { "type": "string" }
          }
        },
        "metrics": [ { "name": "line", "regex": "^line=([0-9]+)" } ]
      }
      """;

  private final Path folder = Scratch.folder("kills");

  @AfterEach
  void clean() {
    Scratch.delete(folder);
  }

  @Test
  void jobsDoNotNoticeThatTheServerIsKilledAgainAndAgain() throws Exception {
    LOG.infof("%d kills, %d jobs; again with -Dbyoa.reliability.seed=%d", KILLS, JOBS, SEED);
    Random random = new Random(SEED);
    Path data = folder.resolve("data");
    String run = "run" + Long.toUnsignedString(System.nanoTime(), 36);
    List<String> jobs = new ArrayList<>();
    RunningServer server = start(data);
    try {
      Api api = new Api(server);
      api.publish(algorithm());
      for (int i = 0; i < JOBS; i++) {
        jobs.add(api.launch("lines", "1.0.0", parameters(i, run)));
      }
      SortedMap<Long, String> running =
          await()
              .atMost(Duration.ofSeconds(30))
              .until(() -> programs(run), found -> found.size() == JOBS);
      for (int kill = 0; kill < KILLS; kill++) {
        // Between a kill as soon as it is up and one in the middle of its work.
        LockSupport.parkNanos(Duration.ofMillis(random.nextInt(800)).toNanos());
        server.kill();
        // Some may have come to their end meanwhile; nothing else runs.
        assertThat(running).as("kill %d, seed %d", kill, SEED).containsAllEntriesOf(programs(run));
        assertThat(kill > 0 || !programs(run).isEmpty()).as("killed while they ran").isTrue();
        server = start(data);
      }
      api = new Api(server);
      for (int i = 0; i < JOBS; i++) {
        assertEnd(api, jobs.get(i), i);
      }
    } finally {
      server.close();
    }
  }

  private static void assertEnd(Api api, String job, int number) {
    JsonNode ended = api.awaitEnd(job);
    String status = number == 0 ? "Completed" : "Failed";
    assertThat(ended.path("status").asText()).as(ended.toPrettyString()).isEqualTo(status);
    if (number > 0) {
      assertThat(ended.path("failure").path("exitCode").asInt()).isEqualTo(number);
      assertThat(ended.path("failure").path("code").asText()).isEqualTo("program-failed");
    }
    assertThat(ended.path("attempts")).as("it was never started again").hasSize(1);
    assertThat(api.text("/api/v1/jobs/" + job + "/logs")).isEqualTo(logWithoutKills(number));
    assertThat(
            api.get("/api/v1/jobs/" + job + "/metrics")
                .path("metrics")
                .path(0)
                .path("points")
                .size())
        .isEqualTo(LINES);
  }

  private static RunningServer start(Path data) {
    return RunningServer.start(data, Map.of("BYOA_ENGINE_LOCAL_SLOTS", Integer.toString(JOBS)));
  }

  private static String parameters(int number, String run) {
    return "{\"hyperParameters\":{\"a-exit\":%d,\"b-lines\":%d,\"c-run\":\"%s\"}}"
        .formatted(number, LINES, run);
  }

  private static String logWithoutKills(int number) {
    StringBuilder log = new StringBuilder("starting\n");
    for (int n = 1; n <= LINES; n++) {
      log.append("line=%d of a job that ends with %d\n".formatted(n, number));
      if (n % 7 == 0) {
        log.append("a word to stderr after %d\n".formatted(n));
      }
    }
    return log.toString();
  }

  /** The programs of this run: their pids on this machine, and when each started. */
  private static SortedMap<Long, String> programs(String run) {
    SortedMap<Long, String> found = new TreeMap<>();
    SortedMap<Long, Long> parents = new TreeMap<>();
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      for (Path process : processes.toList()) {
        String name = process.getFileName().toString();
        if (name.chars().allMatch(Character::isDigit)) {
          stat(process, run)
              .ifPresent(fields -> {
                found.put(Long.parseLong(name), fields[19]);
                parents.put(Long.parseLong(name), Long.parseLong(fields[1]));
              });
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // A shell that is about to become "sleep" still looks like its parent.
    parents.forEach((pid, parent) -> {
      if (parents.containsKey(parent)) {
        found.remove(pid);
      }
    });
    return found;
  }

  /**
   * The fields of a process's {@code stat} from its state on, if it is the program itself and not
   * what started it: the second is its parent, the twentieth its start time.
   */
  private static Optional<String[]> stat(Path process, String run) {
    try {
      String[] argv =
          Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1).split("\0");
      boolean program =
          argv.length > 2
              && argv[argv.length - 1].equals(run)
              && Stream.of(argv).limit(2).anyMatch(word -> word.endsWith("/run"));
      if (!program) {
        return Optional.empty();
      }
      String stat = Files.readString(process.resolve("stat"));
      return Optional.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Path algorithm() throws IOException {
    Path algorithm = Files.createDirectories(folder.resolve("algorithm"));
    Files.writeString(algorithm.resolve("run"), PROGRAM);
    Files.writeString(algorithm.resolve("algorithm.json"), DESCRIPTOR);
    return algorithm;
  }
}
