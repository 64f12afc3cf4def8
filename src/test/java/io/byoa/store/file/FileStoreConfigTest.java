package io.byoa.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.byoa.testing.Mapped;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FileStoreConfigTest {

  private static FileStoreConfig config(Map<String, String> properties) {
    return Mapped.of(FileStoreConfig.class, properties);
  }

  @Test
  void keepsObjectsInTheDataFolderByDefault() {
    assertThat(config(Map.of()).folder()).isEqualTo(Path.of("./data/store"));
    assertThat(config(Map.of("byoa.data", "/srv/byoa")).folder())
        .isEqualTo(Path.of("/srv/byoa/store"));
    assertThat(config(Map.of()).keepFree().asLongValue()).isEqualTo(1L << 30);
  }

  @Test
  void takesItsSettings() {
    FileStoreConfig config =
        config(Map.of("byoa.store.file.folder", "/f", "byoa.store.file.keep-free", "5M"));
    assertThat(config.folder()).isEqualTo(Path.of("/f"));
    assertThat(config.keepFree().asLongValue()).isEqualTo(5L << 20);
  }
}
