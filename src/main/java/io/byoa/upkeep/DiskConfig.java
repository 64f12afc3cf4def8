package io.byoa.upkeep;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How much room BYOA leaves on the disks that it writes to. */
@ConfigMapping(prefix = "byoa.disk")
public interface DiskConfig {

  /**
   * Room that stays free. With less, uploads are refused (507), no job starts, and readiness says
   * so; jobs that run go on, and everything can be read.
   */
  @WithDefault("1G")
  MemorySize free();
}
