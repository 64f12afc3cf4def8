package io.byoa.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.byoa.testing.Mapped;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AccessConfigTest {

  @Test
  void hasTheseDefaults() {
    AccessConfig config = config(Map.of());
    assertThat(config.sessionLifetime()).isEqualTo(Duration.ofHours(12));
    assertThat(config.revocationDelay()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.failedSignIns()).isEqualTo(10);
  }

  @Test
  void isSetByTheseNames() {
    AccessConfig config =
        config(
            Map.of(
                "byoa.access.session-lifetime", "1h",
                "byoa.access.revocation-delay", "2s",
                "byoa.access.failed-sign-ins", "3"));
    assertThat(config.sessionLifetime()).isEqualTo(Duration.ofHours(1));
    assertThat(config.revocationDelay()).isEqualTo(Duration.ofSeconds(2));
    assertThat(config.failedSignIns()).isEqualTo(3);
  }

  private static AccessConfig config(Map<String, String> values) {
    return Mapped.of(AccessConfig.class, values);
  }
}
