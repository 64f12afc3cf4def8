package io.byoa.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.microprofile.config.spi.Converter;
import org.junit.jupiter.api.Test;

final class FileStoreConfigTest {

  private static FileStoreConfig config(Map<String, String> properties) {
    SmallRyeConfig config =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withConverters(new Converter<?>[] {new MemorySizeConverter()})
            .withSources(new PropertiesConfigSource(properties, "test", 100))
            .withMapping(FileStoreConfig.class)
            .build();
    return config.getConfigMapping(FileStoreConfig.class);
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
