package io.byoa.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.byoa.testing.Mapped;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Names and defaults of the limits of datasets: promises to operators. */
final class DatasetConfigTest {

  @Test
  void haveTheseDefaults() {
    DatasetConfig config = Mapped.of(DatasetConfig.class, Map.of());

    assertThat(config.maxSize().asLongValue()).isEqualTo(50L << 30);
    assertThat(config.maxFiles()).isEqualTo(50_000);
  }

  @Test
  void haveTheseNames() {
    DatasetConfig config =
        Mapped.of(
            DatasetConfig.class,
            Map.of("byoa.dataset.max-size", "2M", "byoa.dataset.max-files", "3"));

    assertThat(config.maxSize().asLongValue()).isEqualTo(2L << 20);
    assertThat(config.maxFiles()).isEqualTo(3);
  }
}
