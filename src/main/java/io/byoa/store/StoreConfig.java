package io.byoa.store;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;

/** Which store is used. */
@ConfigMapping(prefix = "byoa.store")
interface StoreConfig {

  /**
   * {@code byoa.store}: the adapter's name, {@code file} for a folder of this machine, {@code s3}
   * for a bucket of Amazon S3.
   */
  @WithParentName
  @WithDefault("file")
  String adapter();
}
