package io.byoa.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.byoa.testing.Mapped;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Names and defaults: promises to operators. */
final class S3ConfigTest {

  @Test
  void needsNothingWhenAnotherStoreIsChosen() {
    S3Config config = Mapped.of(S3Config.class, Map.of("byoa.data", "/srv/byoa"));
    assertThat(config.bucket()).isEmpty();
    assertThat(config.prefix()).isEmpty();
    assertThat(config.owner()).isEmpty();
    assertThat(config.kmsKey()).isEmpty();
    assertThat(config.pathStyle()).isFalse();
    assertThat(config.links()).isTrue();
    assertThat(config.spool()).isEqualTo(Path.of("/srv/byoa/spool"));
    assertThat(config.keepFree().asLongValue()).isEqualTo(1L << 30);
  }

  @Test
  void takesItsSettings() {
    S3Config config =
        Mapped.of(
            S3Config.class,
            Map.of(
                "byoa.s3.bucket", "b",
                "byoa.s3.prefix", "p",
                "byoa.s3.owner", "123456789012",
                "byoa.s3.kms-key", "alias/k",
                "byoa.s3.path-style", "true",
                "byoa.s3.links", "false",
                "byoa.s3.spool", "/tmp/spool",
                "byoa.s3.keep-free", "5M"));
    assertThat(config.bucket()).contains("b");
    assertThat(config.prefix()).contains("p");
    assertThat(config.owner()).contains("123456789012");
    assertThat(config.kmsKey()).contains("alias/k");
    assertThat(config.pathStyle()).isTrue();
    assertThat(config.links()).isFalse();
    assertThat(config.spool()).isEqualTo(Path.of("/tmp/spool"));
    assertThat(config.keepFree().asLongValue()).isEqualTo(5L << 20);
  }
}
