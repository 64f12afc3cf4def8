package io.byoa.engine.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.byoa.engine.Fault;
import io.byoa.engine.LaunchName;
import io.byoa.engine.Observation;
import io.byoa.engine.Observation.End;
import io.byoa.engine.Observation.Phase;
import io.byoa.engine.Orders;
import io.byoa.engine.local.process.AttemptFolder;
import io.byoa.engine.local.process.ProcessIdentity;
import io.byoa.store.StoredObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real installers; packages come from the code itself, so that no index is needed. */
@SuppressWarnings("NullAway.Init") // JUnit fills the fields before each test
final class DependenciesTest {

  @TempDir Path data;
  private Workplace place;

  @BeforeEach
  void open() throws Exception {
    place = new Workplace(data, Map.of("grace", "PT1S"));
  }

  @AfterEach
  void close() throws Exception {
    place.close();
  }

  /** A small package from the index that this machine uses. */
  private Orders usingSix() {
    return place
        .python("import six, sys; print(six.__version__, sys.prefix != sys.base_prefix)")
        .dependencies("requirements.txt", "six==1.16.0\n");
  }

  private static Orders withPip(Orders orders) {
    return orders.dependencies("requirements.txt", "# nothing but what comes with Python\n");
  }

  private long environments() throws IOException {
    try (Stream<Path> files =
        Files.find(
            data.resolve("environments"),
            2,
            (p, a) -> p.getFileName().toString().startsWith("env-"))) {
      return files.count();
    }
  }

  @Test
  void installsBeforeTheProgramStartsAndKeepsWhatWasInstalled() throws Exception {
    LaunchName name = place.launched(usingSix().order());
    Observation.Ended ended = place.ended(name);

    assertThat(ended.end()).as(place.log(name)).isEqualTo(new End.Succeeded());
    assertThat(place.log(name))
        .contains("Successfully installed six-1.16.0")
        .endsWith("1.16.0 True\n");
    assertThat(ended.phases())
        .extracting(Phase::name)
        .containsExactly(
            "Starting", "Downloading", "InstallingDependencies", "Training", "Uploading");
    StoredObject packages = ended.outputs().packages();
    assertThat(packages).isNotNull();
    if (packages != null) {
      assertThat(new String(place.store.openVerified(packages).readAllBytes(), UTF_8))
          .contains("six==1.16.0");
    }
  }

  @Test
  void installsOnceForJobsThatStartTogether() throws Exception {
    LaunchName first = place.launched(withPip(place.python("import pip; print('first')")).order());
    LaunchName second =
        place.launched(withPip(place.python("import pip; print('second')")).order());
    assertThat(place.ended(first).end()).as(place.log(first)).isEqualTo(new End.Succeeded());
    assertThat(place.ended(second).end()).as(place.log(second)).isEqualTo(new End.Succeeded());
    LaunchName third = place.launched(withPip(place.python("import pip; print('third')")).order());

    assertThat(place.ended(third).phases())
        .extracting(Phase::name)
        .doesNotContain("InstallingDependencies");
    assertThat(environments()).isEqualTo(1);
  }

  @Test
  void givesTheProgramNoWayToChangeWhatWasInstalled() {
    LaunchName name =
        place.launched(
            withPip(
                    place.python(
                        """
                        import pip, os
                        try:
                            open(os.path.join(os.path.dirname(pip.__file__), 'evil.py'), 'w')
                            print('written')
                        except OSError as e:
                            print('refused')
                        """))
                .order());
    place.ended(name);

    assertThat(place.log(name)).endsWith("refused\n");
  }

  @Test
  void failsWithTheInstallersLastLines() {
    LaunchName name =
        place.launched(
            place
                .python("print('never')")
                .dependencies("requirements.txt", "./not-there\n")
                .order());
    Observation.Ended ended = place.ended(name);

    assertThat(ended.end()).isInstanceOf(End.Failed.class);
    Fault fault = ((End.Failed) ended.end()).fault();
    assertThat(fault.code()).isEqualTo(Fault.Code.DEPENDENCIES_FAILED);
    assertThat(fault.detail()).contains("not-there");
    assertThat(fault.exitCode()).isEqualTo(1);
    assertThat(ended.attempts()).isEmpty();
    assertThat(place.log(name)).contains("not-there").doesNotContain("never");
  }

  @Test
  void failsWhenAnRPackageCannotBeInstalled() {
    assumeThat(place.machine.runtimes().versions("r"))
        .as("no R on this machine")
        .isNotEqualTo("none");
    LaunchName name =
        place.launched(
            Orders.script(place.store, "train.R", "cat('never\\n')")
                .runtime("r", place.machine.runtimes().versions("r"))
                .dependencies("packages.txt", "not.a.package.of.anybody\n")
                .order());
    Observation.Ended ended = place.ended(name);

    assertThat(ended.end()).isInstanceOf(End.Failed.class);
    Fault fault = ((End.Failed) ended.end()).fault();
    assertThat(fault.code()).isEqualTo(Fault.Code.DEPENDENCIES_FAILED);
    assertThat(fault.detail()).contains("Not installed: not.a.package.of.anybody");
  }

  @Test
  void goesOnWithAnInstallerAfterARestart() throws Exception {
    LaunchName name = place.launched(withPip(place.python("import pip; print('trained')")).order());
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> Files.exists(data.resolve("environments")) && environments() == 1);
    place.close();
    place = new Workplace(data, Map.of("grace", "PT1S"), place.store);

    assertThat(place.ended(name).end()).as(place.log(name)).isEqualTo(new End.Succeeded());
    assertThat(environments()).isEqualTo(1);
    assertThat(place.log(name)).endsWith("trained\n");
  }

  @Test
  void neverUsesWhatACrashLeftHalfBuilt() throws Exception {
    LaunchName name = place.launched(withPip(place.python("import pip; print('trained')")).order());
    Path build =
        Awaitility.await()
            .atMost(Duration.ofSeconds(20))
            .pollInterval(Duration.ofMillis(2))
            .until(this::runningBuild, path -> path != null);
    place.close();
    ProcessIdentity supervisor = new AttemptFolder(build).supervisor().orElseThrow();
    ProcessHandle.of(supervisor.pid()).orElseThrow().destroyForcibly();
    Awaitility.await().until(() -> !supervisor.alive());
    place = new Workplace(data, Map.of("grace", "PT1S"), place.store);
    Observation.Ended lost = place.ended(name); // its installer was; it is started again
    LaunchName again = place.launched(withPip(place.python("import pip; print('again')")).order());

    assertThat(lost.end()).as(place.log(name)).isEqualTo(new End.Succeeded());
    assertThat(place.ended(again).end()).as(place.log(again)).isEqualTo(new End.Succeeded());
    assertThat(environments()).isEqualTo(1);
  }

  private @org.jspecify.annotations.Nullable Path runningBuild() throws IOException {
    Path root = data.resolve("environments");
    if (!Files.isDirectory(root)) {
      return null;
    }
    try (Stream<Path> files = Files.find(root, 5, (p, a) -> p.endsWith("process"))) {
      return files.findFirst().map(Path::getParent).orElse(null);
    }
  }
}
