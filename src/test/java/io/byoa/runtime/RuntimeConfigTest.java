package io.byoa.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.byoa.testing.Mapped;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Names and defaults of the settings about runtimes: promises to operators. */
final class RuntimeConfigTest {

  @Test
  void haveTheseDefaults() {
    RuntimeConfig config = Mapped.of(RuntimeConfig.class, Map.of());

    assertThat(config.python().versions())
        .containsExactly("3.9", "3.10", "3.11", "3.12", "3.13", "3.14");
    assertThat(config.python().defaultVersion()).isEqualTo("3.11");
    assertThat(config.r().versions()).containsExactly("4.0", "4.1", "4.2", "4.3", "4.4", "4.5");
    assertThat(config.r().defaultVersion()).isEqualTo("4.2");
  }

  @Test
  void haveTheseNames() {
    RuntimeConfig config =
        Mapped.of(
            RuntimeConfig.class,
            Map.of(
                "byoa.runtime.python.versions", "3.1,3.2",
                "byoa.runtime.python.default-version", "3.2",
                "byoa.runtime.r.versions", "4.9",
                "byoa.runtime.r.default-version", "4.9"));

    assertThat(config.python().versions()).containsExactly("3.1", "3.2");
    assertThat(config.python().defaultVersion()).isEqualTo("3.2");
    assertThat(config.r().versions()).containsExactly("4.9");
    assertThat(config.r().defaultVersion()).isEqualTo("4.9");
  }
}
