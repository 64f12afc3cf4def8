package io.byoa.job.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.byoa.testing.Mapped;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Names and defaults of the limits of launches: promises to operators. */
final class LaunchConfigTest {

  @Test
  void haveTheseDefaults() {
    LaunchConfig config = Mapped.of(LaunchConfig.class, Map.of());

    assertThat(config.maxRuntimeInSeconds()).isEqualTo(28 * 24 * 3600);
    assertThat(config.fileRoots()).isEmpty();
  }

  @Test
  void haveTheseNames() {
    LaunchConfig config =
        Mapped.of(
            LaunchConfig.class,
            Map.of("byoa.launch.max-runtime-in-seconds", "60", "byoa.launch.file-roots", "/a,/b"));

    assertThat(config.maxRuntimeInSeconds()).isEqualTo(60);
    assertThat(config.fileRoots()).contains(List.of("/a", "/b"));
  }
}
