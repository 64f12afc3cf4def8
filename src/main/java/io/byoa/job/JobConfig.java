package io.byoa.job;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What is kept of jobs, and for how long. */
@ConfigMapping(prefix = "byoa.job")
public interface JobConfig {

  /**
   * How long logs and files of a job stay after its end, such as {@code 90d}; {@code off} keeps
   * them for ever. Status, metrics, events and the list of its files stay in any case.
   */
  @WithDefault("90d")
  Retention retention();

  /**
   * Points that are kept of each metric of a job; of what a program prints beyond them only the
   * last value counts, and its log says so.
   */
  @WithDefault("100000")
  int metricPoints();
}
