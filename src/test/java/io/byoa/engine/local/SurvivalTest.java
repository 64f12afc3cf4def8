package io.byoa.engine.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.byoa.engine.Fault;
import io.byoa.engine.LaunchName;
import io.byoa.engine.Observation;
import io.byoa.engine.Observation.End;
import io.byoa.engine.Orders;
import io.byoa.engine.local.disk.LaunchFolder;
import io.byoa.engine.local.disk.PrivateFolder;
import io.byoa.engine.local.disk.Trees;
import io.byoa.engine.local.process.AttemptFolder;
import io.byoa.engine.local.process.ProcessIdentity;
import io.byoa.engine.local.sandbox.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server is killed with -9, in a process of its own; programs and their logs are not. */
@SuppressWarnings("NullAway.Init") // JUnit fills the field before each test
final class SurvivalTest {

  private static final int LINES = 600;

  @TempDir Path data;

  private static String counting(int code) {
    return """
    import sys, time
    for i in range(%d):
        print('line', i)
        time.sleep(0.01)
    sys.exit(%d)
    """
        .formatted(LINES, code);
  }

  private static void kill(Process server) throws InterruptedException {
    server.destroyForcibly().waitFor();
  }

  private ProcessIdentity supervisor(LaunchName name) throws IOException {
    return AttemptFolder.of(LaunchFolder.of(data.resolve("jobs"), name).path(), 1)
        .supervisor()
        .orElseThrow();
  }

  @Test
  void r8LosesNothingWhenTheServerIsKilledAgainAndAgain() throws Exception {
    List<LaunchName> names = new ArrayList<>();
    List<String> jobs = new ArrayList<>();
    for (int code = 0; code < 5; code++) {
      String id = Orders.nextJobId();
      names.add(LaunchName.of("test", id, 1));
      jobs.addAll(List.of(id, "600", counting(code)));
    }
    kill(EngineProcess.start(data, jobs.toArray(String[]::new)));
    List<ProcessIdentity> before = new ArrayList<>();
    for (LaunchName name : names) {
      before.add(supervisor(name));
    }
    for (int times = 0; times < 3; times++) {
      kill(EngineProcess.start(data));
    }

    String expected =
        IntStream.range(0, LINES).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
    try (Workplace place = new Workplace(data, Map.of())) {
      for (int code = 0; code < 5; code++) {
        Observation.Ended ended = place.ended(names.get(code));
        assertThat(supervisor(names.get(code))).isEqualTo(before.get(code));
        assertThat(ended.attempts()).hasSize(1);
        assertThat(place.log(names.get(code))).isEqualTo(expected);
        if (code == 0) {
          assertThat(ended.end()).isEqualTo(new End.Succeeded());
        } else {
          assertThat(((End.Failed) ended.end()).fault().exitCode()).isEqualTo(code);
        }
      }
    }
  }

  @Test
  void keepsTheTimeLimitWhileNoServerRuns() throws Exception {
    String id = Orders.nextJobId();
    LaunchName name = LaunchName.of("test", id, 1);
    kill(EngineProcess.start(data, id, "1", counting(0)));
    AttemptFolder attempt = AttemptFolder.of(LaunchFolder.of(data.resolve("jobs"), name).path(), 1);
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> attempt.exit().isPresent());

    try (Workplace place = new Workplace(data, Map.of())) {
      Observation.Ended ended = place.ended(name);
      assertThat(((End.Failed) ended.end()).fault().code())
          .isEqualTo(Fault.Code.MAX_RUNTIME_EXCEEDED);
      assertThat(ended.attempts().getFirst().endedAt()).isEqualTo(attempt.endedAt().orElseThrow());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bubblewrap", "unshare", "environment"})
  void takesALostSupervisorForAFaultOfThePlatform(String sandbox) throws Exception {
    try (Workplace place = new Workplace(data, Map.of("sandbox", sandbox))) {
      LaunchName name = place.launched(place.shell("echo up; sleep 654").order());
      place.awaitLog(name, "up");
      ProcessIdentity supervisor = supervisor(name);
      ProcessHandle.of(supervisor.pid()).orElseThrow().destroyForcibly();

      assertThat(((End.Failed) place.ended(name).end()).fault().code())
          .isEqualTo(Fault.Code.PLATFORM_ERROR);
      Awaitility.await()
          .until(() ->
              ProcessHandle.allProcesses()
                  .noneMatch(p -> p.info().commandLine().orElse("").endsWith("sleep 654")));
    }
  }

  @Test
  void aSupervisorWhoseFolderIsDeletedEndsWithItsProgram() throws Exception {
    try (Workplace place = new Workplace(data, Map.of())) {
      AttemptFolder attempt = new AttemptFolder(data.resolve("x/attempts/1"));
      PrivateFolder.create(attempt.path());
      Path log = data.resolve("x/log");
      Path go = data.resolve("go");
      Sandbox.Command command =
          new Sandbox.Command(
              List.of(
                  "sh",
                  "-c",
                  "echo up; until [ -e \"$1\" ]; do sleep 0.1; done; echo more; exit 5",
                  "sh",
                  go.toString()),
              "");
      Process supervisor =
          place
              .machine
              .programs()
              .supervisor()
              .start(attempt, log, command, Duration.ZERO, List.of());
      Awaitility.await().until(() -> Files.exists(log) && Files.readString(log).equals("up\n"));

      Trees.delete(data.resolve("x"));
      assertThat(supervisor.isAlive()).isTrue();
      Files.createFile(go);

      assertThat(supervisor.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(supervisor.exitValue()).isEqualTo(70);
    }
  }

  @Test
  void startsOnceHoweverManySupervisorsAreStarted() throws Exception {
    try (Workplace place = new Workplace(data, Map.of())) {
      AttemptFolder attempt = new AttemptFolder(data.resolve("x/attempts/1"));
      PrivateFolder.create(attempt.path());
      Path log = data.resolve("x/log");
      Sandbox.Command command =
          new Sandbox.Command(List.of("sh", "-c", "echo started; sleep 0.3; exit 5"), "");
      List<Process> supervisors = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        supervisors.add(
            place
                .machine
                .programs()
                .supervisor()
                .start(attempt, log, command, Duration.ZERO, List.of()));
      }
      List<Integer> codes = new ArrayList<>();
      for (Process supervisor : supervisors) {
        codes.add(supervisor.waitFor());
      }

      assertThat(Files.readString(log, StandardCharsets.UTF_8)).isEqualTo("started\n");
      assertThat(attempt.exit()).hasValue(5);
      assertThat(codes).containsOnlyOnce(0).contains(75);
    }
  }
}
