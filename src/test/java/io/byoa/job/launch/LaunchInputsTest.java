package io.byoa.job.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.byoa.algorithm.descriptor.Channel;
import io.byoa.common.Violation;
import io.byoa.job.JobRequest;
import io.byoa.testing.Mapped;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LaunchInputsTest {

  private static final List<Channel> CHANNELS =
      List.of(
          new Channel("training", false, List.of("text/csv", "image/*; q=1"), ""),
          new Channel("any", false, List.of(), ""));

  private final LaunchInputs inputs =
      new LaunchInputs(CHANNELS, new FileRoots(Mapped.of(LaunchConfig.class, Map.of())));

  private List<Violation> violations(String channel, String uri, String type) {
    inputs.check(Map.of(channel, new JobRequest.Input(uri, type, JobRequest.Input.PLAIN)));
    return inputs.violations();
  }

  @ParameterizedTest
  @CsvSource({
    "training, text/csv",
    "training, TEXT/CSV; header=present",
    "training, image/png",
    "any, application/json",
    "any, whatever"
  })
  void takesWhatTheChannelSaysItReads(String channel, String type) {
    assertThat(violations(channel, "dataset:iris", type)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"application/json", "text/tab-separated-values", "images/png", "image"})
  void refusesWhatTheChannelDoesNotSayItReads(String type) {
    assertThat(violations("training", "dataset:iris", type))
        .containsExactly(
            new Violation(
                "/inputs/training/contentType",
                "The channel 'training' does not take '%s'. It takes: text/csv, image/*; q=1."
                    .formatted(type)));
  }

  @Test
  void tellsWhatABucketIsCalled() {
    assertThat(violations("any", "s3://b/in/", "text/csv"))
        .singleElement()
        .satisfies(violation -> assertThat(violation.detail()).contains("3 to 63 of a-z"));
  }
}
