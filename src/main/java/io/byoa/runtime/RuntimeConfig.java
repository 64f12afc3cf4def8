package io.byoa.runtime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;

/** Which runtimes an algorithm may ask for. */
@ConfigMapping(prefix = "byoa.runtime")
public interface RuntimeConfig {

  /** Versions of Python. */
  PythonVersions python();

  /** Versions of R. */
  RVersions r();

  /** Versions of Python. */
  interface PythonVersions {
    /** Those that a descriptor may name, as {@code major.minor}. */
    @WithDefault("3.9,3.10,3.11,3.12,3.13,3.14")
    List<String> versions();

    /** The one that is written into a descriptor that names none. */
    @WithDefault("3.11")
    String defaultVersion();
  }

  /** Versions of R. */
  interface RVersions {
    /** Those that a descriptor may name, as {@code major.minor}. */
    @WithDefault("4.0,4.1,4.2,4.3,4.4,4.5")
    List<String> versions();

    /** The one that is written into a descriptor that names none. */
    @WithDefault("4.2")
    String defaultVersion();
  }
}
