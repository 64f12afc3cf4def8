package io.byoa.job.launch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** What this installation lets people launch. */
@ConfigMapping(prefix = "byoa.launch")
interface LaunchConfig {

  /**
   * The longest {@code maxRuntimeInSeconds} that is accepted, in seconds; SageMaker's is 28 days.
   */
  @WithDefault("2419200")
  long maxRuntimeInSeconds();

  /** Folders of this machine that {@code file://} inputs may name; none by default. */
  Optional<List<String>> fileRoots();
}
