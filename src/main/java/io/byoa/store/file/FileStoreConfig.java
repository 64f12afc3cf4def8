package io.byoa.store.file;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** Where the file store keeps its objects, and how much room it leaves. */
@ConfigMapping(prefix = "byoa.store.file")
public interface FileStoreConfig {

  /** The store's folder, created (0700) when missing. Replicas must share it. */
  @WithDefault("${byoa.data:./data}/store")
  Path folder();

  /** Room that stays free on the folder's disk: writes that would go below it answer 507. */
  @WithDefault("${byoa.disk.free:1G}")
  MemorySize keepFree();
}
