package io.byoa.reconcile;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How often, how long and in whose name the reconciler works. */
@ConfigMapping(prefix = "byoa.reconcile")
interface ReconcileConfig {

  /** Whether this replica moves jobs; switched off, it only answers requests. */
  @WithDefault("true")
  boolean enabled();

  /** This replica's name, unique among the replicas; absent, the id of its data folder. */
  Optional<String> replica();

  /** How long a lease lasts; another replica takes over the jobs of one that has run out. */
  @WithDefault("30s")
  Duration lease();

  /** How often the lease is renewed. */
  @WithDefault("10s")
  Duration renew();

  /** How often a running job is looked at when its engine does not say that something changed. */
  @WithDefault("500ms")
  Duration follow();

  /** How often to look for jobs that another replica accepted or left behind. */
  @WithDefault("1s")
  Duration poll();

  /**
   * How long to wait at most after an engine could not be reached; doubled as long as it lasts, to
   * a minute.
   */
  @WithDefault("5s")
  Duration unavailable();

  /** After how long without a round that succeeded this replica is not ready. */
  @WithDefault("60s")
  Duration stalled();

  /** Jobs that one round moves at most. */
  @WithDefault("200")
  int batch();

  /** Jobs that are looked at in the same moment; each may hold a database connection. */
  @WithDefault("8")
  int parallel();

  /**
   * How many looks at running jobs are planned for a second. With more jobs than this allows at the
   * pace of {@code follow}, each is looked at less often: 10,000 jobs every 20 seconds.
   */
  @WithDefault("500")
  int looksPerSecond();
}
