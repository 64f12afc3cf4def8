package io.byoa.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.byoa.testing.Mapped;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class BundleConfigTest {

  private static BundleConfig config(Map<String, String> properties) {
    return Mapped.of(BundleConfig.class, properties);
  }

  @Test
  void hasTheLimitsOfTheArchivePolicyByDefault() {
    BundleConfig config = config(Map.of("byoa.data", "/srv/byoa"));
    assertThat(config.folder()).isEqualTo(Path.of("/srv/byoa/uploads"));
    assertThat(ArchiveLimits.of(config))
        .isEqualTo(
            new ArchiveLimits(
                256L << 20, 1L << 30, 512L << 20, 100, 10L << 20, 10_000, 32, 240, 1024))
        .isEqualTo(ArchiveLimits.of(new TestBundleConfig(Path.of("x"))));
  }

  @Test
  void takesItsSettings() {
    BundleConfig config =
        config(
            Map.of(
                "byoa.bundle.folder", "/f",
                "byoa.bundle.max-upload", "1M",
                "byoa.bundle.max-unpacked", "2M",
                "byoa.bundle.max-file", "3M",
                "byoa.bundle.max-ratio", "4",
                "byoa.bundle.ratio-free", "5M",
                "byoa.bundle.max-entries", "6",
                "byoa.bundle.max-depth", "7",
                "byoa.bundle.max-segment-bytes", "8",
                "byoa.bundle.max-path-bytes", "9"));
    assertThat(config.folder()).isEqualTo(Path.of("/f"));
    assertThat(ArchiveLimits.of(config))
        .isEqualTo(new ArchiveLimits(1 << 20, 2 << 20, 3 << 20, 4, 5 << 20, 6, 7, 8, 9));
  }
}
