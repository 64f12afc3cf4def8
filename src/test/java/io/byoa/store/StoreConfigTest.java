package io.byoa.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.byoa.testing.Mapped;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Name and default of the choice of a store: promises to operators. */
final class StoreConfigTest {

  @Test
  void isAFolderUnlessSaidOtherwise() {
    assertThat(Mapped.of(StoreConfig.class, Map.of()).adapter()).isEqualTo("file");
    assertThat(Mapped.of(StoreConfig.class, Map.of("byoa.store", "s3")).adapter()).isEqualTo("s3");
  }
}
