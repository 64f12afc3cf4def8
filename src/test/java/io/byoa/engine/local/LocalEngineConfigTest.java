package io.byoa.engine.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit fills the field before each test
final class LocalEngineConfigTest {

  @TempDir Path data;

  @Test
  void hasTheseDefaults() {
    LocalEngineConfig config = Workplace.config(data, Map.of("keep-free", "1G"));

    assertThat(config.hidden()).isEmpty();
    assertThat(config.slots()).isEmpty();
    assertThat(config.sandbox()).isEqualTo("auto");
    assertThat(config.memory()).isEmpty();
    assertThat(config.processes()).isEqualTo(4096);
    assertThat(config.grace()).isEqualTo(Duration.ofMinutes(2));
    assertThat(config.logLimit().asLongValue()).isEqualTo(256L << 20);
    assertThat(config.outputLimit().asLongValue()).isEqualTo(100L << 30);
    assertThat(config.outputFiles()).isEqualTo(100_000);
    assertThat(config.dependencyCache().asLongValue()).isEqualTo(20L << 30);
    assertThat(config.installTimeout()).isEqualTo(Duration.ofMinutes(30));
    assertThat(config.firstUid()).isEqualTo(60_600);
  }

  @Test
  void readsThesePropertyNames() {
    LocalEngineConfig config =
        Workplace.config(
            data,
            Map.ofEntries(
                Map.entry("hidden", "/a,/b"),
                Map.entry("slots", "3"),
                Map.entry("sandbox", "unshare"),
                Map.entry("memory", "2G"),
                Map.entry("processes", "5"),
                Map.entry("grace", "PT6S"),
                Map.entry("log-limit", "7M"),
                Map.entry("output-limit", "8M"),
                Map.entry("output-files", "13"),
                Map.entry("keep-free", "9M"),
                Map.entry("dependency-cache", "10M"),
                Map.entry("install-timeout", "PT11S"),
                Map.entry("first-uid", "12")));

    assertThat(config.data()).isEqualTo(data);
    assertThat(config.hidden()).contains(List.of(Path.of("/a"), Path.of("/b")));
    assertThat(config.slots()).hasValue(3);
    assertThat(config.sandbox()).isEqualTo("unshare");
    assertThat(config.memory().orElseThrow().asLongValue()).isEqualTo(2L << 30);
    assertThat(config.processes()).isEqualTo(5);
    assertThat(config.grace()).isEqualTo(Duration.ofSeconds(6));
    assertThat(config.logLimit().asLongValue()).isEqualTo(7L << 20);
    assertThat(config.outputLimit().asLongValue()).isEqualTo(8L << 20);
    assertThat(config.outputFiles()).isEqualTo(13);
    assertThat(config.keepFree().asLongValue()).isEqualTo(9L << 20);
    assertThat(config.dependencyCache().asLongValue()).isEqualTo(10L << 20);
    assertThat(config.installTimeout()).isEqualTo(Duration.ofSeconds(11));
    assertThat(config.firstUid()).isEqualTo(12);
  }

  @Test
  void stopsTheStartOnASandboxThatDoesNotExist() {
    assertThatThrownBy(() -> new Workplace(data, Map.of("sandbox", "bublewrap")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "byoa.engine.local.sandbox=bublewrap is not a sandbox."
                + " Known: auto, bubblewrap, unshare, environment.");
  }

  @Test
  void stopsTheStartWithoutASlot() {
    assertThatThrownBy(() -> new Workplace(data, Map.of("slots", "0")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("byoa.engine.local.slots=0: at least 1 is needed.");
  }
}
