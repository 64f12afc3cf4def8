package io.byoa.engine.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.byoa.common.Failure;
import io.byoa.engine.Fault;
import io.byoa.engine.LaunchAnswer;
import io.byoa.engine.LaunchNeeds;
import io.byoa.engine.TrainingOrder.InputSource;
import io.byoa.runtime.RuntimeId;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit fills the field before each test
final class AdmissionTest {

  private static final RuntimeId OTHER = new RuntimeId("other", "");

  @TempDir Path data;

  private String refusal(String sandbox, LaunchNeeds needs) throws Exception {
    try (Workplace place = new Workplace(data, Map.of("sandbox", sandbox))) {
      return place.engine.refuses(needs).map(Failure::code).orElse("");
    }
  }

  @Test
  void refusesARuntimeThatIsNotInstalledAndNamesThoseThatAre() throws Exception {
    try (Workplace place = new Workplace(data, Map.of())) {
      Failure failure =
          place
              .engine
              .refuses(
                  new LaunchNeeds(
                      new RuntimeId("python", "3.99"), 1, Set.of(), Set.of("File"), false))
              .orElseThrow();

      assertThat(failure.code()).isEqualTo("runtime-not-installed");
      assertThat(failure.detail())
          .startsWith("Python 3.99 is not installed on this machine. Installed: ")
          .contains("3.11");
    }
  }

  @Test
  void refusesWhatOneMachineWithoutACloudCannotDo() throws Exception {
    assertThat(refusal("auto", new LaunchNeeds(OTHER, 2, Set.of(), Set.of("File"), false)))
        .isEqualTo("one-machine-only");
    assertThat(refusal("auto", new LaunchNeeds(OTHER, 1, Set.of("s3"), Set.of("File"), false)))
        .isEqualTo("s3-not-available");
    assertThat(
            refusal(
                "auto",
                new LaunchNeeds(
                    new RuntimeId("container", ""), 1, Set.of(), Set.of("File"), false)))
        .isEqualTo("runtime-not-installed");
    assertThat(
            refusal(
                "auto", new LaunchNeeds(OTHER, 1, Set.of("dataset", "file"), Set.of("File"), true)))
        .isEmpty();
    assertThat(refusal("auto", new LaunchNeeds(OTHER, 1, Set.of("dataset"), Set.of("Pipe"), false)))
        .isEqualTo("pipe-not-available");
    assertThat(
            refusal(
                "auto", new LaunchNeeds(OTHER, 1, Set.of("dataset"), Set.of("FastFile"), false)))
        .isEmpty();
  }

  @Test
  void refusesIsolationWhereNothingIsolates() throws Exception {
    assertThat(refusal("environment", new LaunchNeeds(OTHER, 1, Set.of(), Set.of("File"), true)))
        .isEqualTo("network-isolation-not-available");
  }

  @Test
  void rejectsAnOrderThatWasNotAskedAbout() throws Exception {
    try (Workplace place = new Workplace(data, Map.of())) {
      assertThat(
              place.engine.launch(
                  place
                      .shell("true")
                      .input("training", new InputSource.Prefix(URI.create("s3://bucket/in/")))
                      .order()))
          .isInstanceOfSatisfying(
              LaunchAnswer.Rejected.class,
              rejected -> assertThat(rejected.fault().code()).isEqualTo(Fault.Code.PLATFORM_ERROR));
    }
  }
}
