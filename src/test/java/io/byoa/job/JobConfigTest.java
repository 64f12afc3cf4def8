package io.byoa.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byoa.testing.Mapped;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and defaults of the settings about jobs: promises to operators. */
final class JobConfigTest {

  private static JobConfig config(Map<String, String> properties) {
    return Mapped.of(JobConfig.class, properties);
  }

  @Test
  void haveTheseDefaults() {
    assertThat(config(Map.of()).retention().time()).contains(Duration.ofDays(90));
    assertThat(config(Map.of()).metricPoints()).isEqualTo(100_000);
  }

  @Test
  void haveTheseNames() {
    assertThat(config(Map.of("byoa.job.retention", "36h")).retention().time())
        .contains(Duration.ofHours(36));
    assertThat(config(Map.of("byoa.job.retention", " OFF ")).retention().time()).isEmpty();
    assertThat(config(Map.of("byoa.job.metric-points", "7")).metricPoints()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "-3d", "never"})
  void refuseATimeThatIsNone(String text) {
    assertThatThrownBy(() -> config(Map.of("byoa.job.retention", text)))
        .hasStackTraceContaining("retention");
  }

  @Test
  void sayTheTimeInWords() {
    assertThat(Retention.of("90d")).hasToString("90 days");
    assertThat(Retention.of("1d")).hasToString("1 day");
    assertThat(Retention.of("90m")).hasToString("PT1H30M");
    assertThat(Retention.of("off")).hasToString("off");
  }
}
