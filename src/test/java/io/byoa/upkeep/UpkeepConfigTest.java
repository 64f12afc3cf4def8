package io.byoa.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.byoa.testing.Mapped;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Names and defaults of the settings about upkeep and disk: promises to operators. */
final class UpkeepConfigTest {

  @Test
  void haveTheseDefaults() {
    assertThat(Mapped.of(UpkeepConfig.class, Map.of()).enabled()).isTrue();
    assertThat(Mapped.of(DiskConfig.class, Map.of()).free().asLongValue()).isEqualTo(1L << 30);
  }

  @Test
  void haveTheseNames() {
    assertThat(Mapped.of(UpkeepConfig.class, Map.of("byoa.upkeep.enabled", "false")).enabled())
        .isFalse();
    assertThat(Mapped.of(DiskConfig.class, Map.of("byoa.disk.free", "5M")).free().asLongValue())
        .isEqualTo(5L << 20);
  }
}
