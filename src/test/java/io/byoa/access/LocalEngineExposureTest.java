package io.byoa.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.StartupEvent;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attack A13: job submission from elsewhere to an engine that runs programs on this machine. */
final class LocalEngineExposureTest {

  @ParameterizedTest
  @DisplayName("A13: the start stops on an address that others reach")
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1", "byoa.example.org", "127.evil.example"})
  void stopsTheStartOnAnAddressThatOthersReach(String host) {
    assertThatThrownBy(() -> start(host, "local", false))
        .hasMessageContaining(host)
        .hasMessageContaining("BYOA_ENGINE_LOCAL_ALLOW_REMOTE=true");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1", "127.0.1.1", "::1", "[::1]"})
  void startsOnLoopback(String host) {
    assertThatCode(() -> start(host, "local", false)).doesNotThrowAnyException();
  }

  @Test
  void startsWhenTheOperatorSaysSoOrNothingRunsHere() {
    assertThatCode(() -> start("0.0.0.0", "local", true)).doesNotThrowAnyException();
    assertThat(LocalEngineExposure.refusal("0.0.0.0", "sagemaker", false)).isEmpty();
  }

  private static void start(String host, String engine, boolean allowed) {
    new LocalEngineExposure(host, engine, allowed, true).start(new StartupEvent());
  }
}
