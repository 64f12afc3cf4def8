package io.byoa.dataset;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How much an uploaded dataset may be. */
@ConfigMapping(prefix = "byoa.dataset")
public interface DatasetConfig {

  /** Bytes of the upload, and of everything it unpacks to. */
  @WithDefault("50G")
  MemorySize maxSize();

  /** Entries of an archive; the list of a dataset's files is held in memory. */
  @WithDefault("50000")
  int maxFiles();
}
