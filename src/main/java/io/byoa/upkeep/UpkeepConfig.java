package io.byoa.upkeep;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Whether old and left-over things are cleared away. */
@ConfigMapping(prefix = "byoa.upkeep")
public interface UpkeepConfig {

  /** Whether this replica does chores; switched off on all, nothing is ever cleared away. */
  @WithDefault("true")
  boolean enabled();
}
