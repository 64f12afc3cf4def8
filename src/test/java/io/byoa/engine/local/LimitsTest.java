package io.byoa.engine.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.byoa.common.Sha256;
import io.byoa.engine.Fault;
import io.byoa.engine.FileList;
import io.byoa.engine.LaunchAnswer;
import io.byoa.engine.LaunchAnswer.Shortage;
import io.byoa.engine.LaunchName;
import io.byoa.engine.Observation;
import io.byoa.engine.Observation.Attempt;
import io.byoa.engine.Observation.End;
import io.byoa.engine.Outputs;
import io.byoa.engine.TrainingOrder;
import io.byoa.engine.local.process.MemoryLimit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a program may use: time, memory, processes, log, slots. */
@SuppressWarnings("NullAway.Init") // JUnit fills the field before each test
final class LimitsTest {

  private static final String GROW =
      """
      import time
      print('growing', flush=True)
      blocks = []
      for _ in range(400):
          blocks.append(bytearray(b'x' * 4_000_000))
          time.sleep(0.01)
      print('grown')
      """;

  @TempDir Path data;

  private Workplace open(String... settings) throws Exception {
    Map<String, String> all = new HashMap<>(Map.of("grace", "PT1S"));
    for (int i = 0; i < settings.length; i += 2) {
      all.put(settings[i], settings[i + 1]);
    }
    return new Workplace(data, all);
  }

  private static Fault fault(Observation.Ended ended) {
    assertThat(ended.end()).isInstanceOf(End.Failed.class);
    return ((End.Failed) ended.end()).fault();
  }

  @Test
  void stopsAProgramAtItsTimeLimitAndKeepsWhatItSaved() throws Exception {
    try (Workplace place = open()) {
      Observation.Ended ended =
          place.run(
              place
                  .shell("trap 'echo saved >/opt/ml/model/m; exit 0' TERM; sleep 60 & wait")
                  .maxRuntime(Duration.ofSeconds(1)));

      assertThat(fault(ended).code()).isEqualTo(Fault.Code.MAX_RUNTIME_EXCEEDED);
      assertThat(Workplace.paths(ended.outputs().model())).containsExactly("m");
      assertThat(ended.attempts()).extracting(Attempt::end).containsExactly("MaxRuntimeExceeded");
    }
  }

  @Test
  void killsAProgramThatDoesNotStopInItsGracePeriod() throws Exception {
    try (Workplace place = open()) {
      LaunchName name =
          place.launched(
              place
                  .shell("trap '' TERM; (trap '' TERM; sleep 61) & echo up; wait; sleep 61")
                  .order());
      place.awaitLog(name, "up");
      place.engine.stop(name);

      assertThat(place.ended(name).end()).isEqualTo(new End.Stopped());
    }
  }

  @Test
  void tellsTheLimitOnWaitingFromTheLimitOnRunning() throws Exception {
    try (Workplace place = open()) {
      Observation.Ended ended = place.run(place.shell("sleep 60").maxWait(Duration.ofSeconds(1)));

      assertThat(fault(ended).code()).isEqualTo(Fault.Code.MAX_WAIT_EXCEEDED);
    }
  }

  @Test
  void failsAProgramThatLeavesTooManyFiles() throws Exception {
    try (Workplace place = open("output-files", "30")) {
      LaunchName name =
          place.launched(
              place.shell("cd /opt/ml/output/data; for i in $(seq 31); do : >$i; done").order());
      Observation.Ended ended = place.ended(name);

      assertThat(fault(ended).code()).isEqualTo(Fault.Code.PROGRAM_FAILED);
      assertThat(fault(ended).detail())
          .contains("more than 30 files and folders in output/data")
          .contains("byoa.engine.local.output-files");
      assertThat(ended.outputs().data()).isNull();
      assertThat(place.log(name)).contains("Nothing of what it left was kept.");
    }
  }

  @Test
  void listsManyFilesBesideTheirArchive() throws Exception {
    try (Workplace place = open()) {
      Observation.Ended ended =
          place.run(
              place.shell("cd /opt/ml/model; for i in $(seq 1000 1999); do echo $i >$i; done"));

      Outputs.Archive model = Objects.requireNonNull(ended.outputs().model());
      assertThat(model.members()).isEmpty();
      try (var files = FileList.read(place.store, model)) {
        assertThat(files)
            .hasSize(1_000)
            .contains(new Outputs.Member("1234", 5, Sha256.of("1234\n")));
      }
    }
  }

  @Test
  void endsAProgramThatUsesTooMuchMemory() throws Exception {
    try (Workplace place = open("memory", "200M")) {
      Fault fault = fault(place.run(place.python(GROW)));

      assertThat(fault.code()).isEqualTo(Fault.Code.OUT_OF_MEMORY);
      assertThat(fault.signal()).isEqualTo("SIGKILL");
      assertThat(fault.hint()).contains("byoa.engine.local.memory");
    }
  }

  @Test
  void watchesMemoryByItselfWhereThereAreNoControlGroups() throws Exception {
    try (Workplace place = open("memory", "200M")) {
      Machine without = place.machine.with(new MemoryLimit(200 << 20, Optional.empty()));
      LocalEngine engine = new LocalEngine(without, changed -> {});
      TrainingOrder order = place.python(GROW).order();
      engine.launch(order);
      org.awaitility.Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> engine.observe(order.name()) instanceof Observation.Ended);

      assertThat(fault((Observation.Ended) engine.observe(order.name())).code())
          .isEqualTo(Fault.Code.OUT_OF_MEMORY);
      engine.close();
    }
  }

  @Test
  void limitsProcesses() throws Exception {
    try (Workplace place = open("processes", "20")) {
      LaunchName name =
          place.launched(
              place
                  .python(
                      """
                      import subprocess
                      started = []
                      try:
                          for _ in range(100):
                              started.append(subprocess.Popen(['sleep', '60']))
                      except BlockingIOError:
                          print('refused after', len(started))
                      """)
                  .order());
      place.ended(name);

      assertThat(place.log(name)).startsWith("refused after");
    }
  }

  @Test
  void cutsTheLogAndSaysSoAndKeepsTheLastLines() throws Exception {
    try (Workplace place = open("log-limit", "64K")) {
      LaunchName name =
          place.launched(place.shell("seq 1 100000; echo the reason >&2; exit 7").order());
      Observation.Ended ended = place.ended(name);

      assertThat(place.log(name))
          .startsWith("1\n2\n3\n")
          .endsWith("[byoa] The log has reached its limit of 64 KiB; later lines are not kept.\n")
          .hasSizeBetween(65_536, 65_700);
      assertThat(fault(ended).exitCode()).isEqualTo(7);
      assertThat(fault(ended).detail()).endsWith("99999\n100000\nthe reason");
    }
  }

  @Test
  void keepsALineOutOfTheSlots() throws Exception {
    try (Workplace place = open("slots", "1")) {
      LaunchName first = place.launched(place.shell("sleep 60").order());
      TrainingOrder second = place.shell("echo second").order();

      assertThat(place.engine.launch(second))
          .isEqualTo(
              new LaunchAnswer.Deferred(
                  Shortage.SLOT, "Waiting for one of the 1 slots of this machine."));
      assertThat(place.engine.observe(second.name())).isEqualTo(new Observation.Unknown());
      place.engine.stop(first);
      place.ended(first);
      place.launched(second);
      place.ended(second.name());
    }
  }

  @Test
  void waitsForRoomOnTheDisk() throws Exception {
    try (Workplace place = open("keep-free", "1000000G")) {
      assertThat(place.engine.launch(place.shell("true").order()))
          .isInstanceOfSatisfying(
              LaunchAnswer.Deferred.class,
              deferred -> assertThat(deferred.reason()).isEqualTo(Shortage.CAPACITY));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bubblewrap", "unshare", "environment"})
  void resumesFromCheckpointsAfterAnInterruption(String sandbox) throws Exception {
    try (Workplace place = open("sandbox", sandbox)) {
      LaunchName name =
          place.launched(
              place
                  .shell(
                      """
                      dir=${SM_MODEL_DIR%/model}
                      echo x >>$dir/checkpoints/steps
                      steps=$(wc -l <$dir/checkpoints/steps)
                      echo "step $steps, left over: $(ls $dir/model)"
                      echo partial >$dir/model/partial
                      [ "$steps" -ge 3 ] || sleep 60
                      """)
                  .checkpoints()
                  .order());
      place.awaitLog(name, "step 1");
      assertThat(place.engine.interrupt(name)).isTrue();
      place.awaitLog(name, "step 2");
      assertThat(place.engine.interrupt(name)).isTrue();
      Observation.Ended ended = place.ended(name);

      assertThat(ended.end()).isEqualTo(new End.Succeeded());
      assertThat(place.log(name))
          .isEqualTo("step 1, left over: \nstep 2, left over: \nstep 3, left over: \n");
      assertThat(ended.attempts())
          .extracting(Attempt::end)
          .containsExactly("Interrupted", "Interrupted", "Completed");
    }
  }

  @Test
  void givesCheckpointsToTheNextLaunchOfTheSameJob() throws Exception {
    try (Workplace place = open()) {
      String job = io.byoa.engine.Orders.nextJobId();
      Observation.Ended first =
          place.run(place.shell("echo 1 >/opt/ml/checkpoints/c; exit 1").checkpoints().job(job, 1));
      assertThat(fault(first).code()).isEqualTo(Fault.Code.PROGRAM_FAILED);
      LaunchName second =
          place.launched(
              place.shell("cat /opt/ml/checkpoints/c").checkpoints().job(job, 2).order());
      place.ended(second);

      assertThat(place.log(second)).isEqualTo("1\n");
    }
  }
}
