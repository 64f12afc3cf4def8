package io.byoa.engine.local.environment;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** What is measured about installing dependencies. */
final class EnvironmentMetrics {

  private final MeterRegistry registry;
  private final Counter reused;
  private final Timer built;
  private final Timer notBuilt;

  EnvironmentMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.reused =
        Counter.builder("byoa.engine.local.environments.reused")
            .description("Starts whose dependencies were installed already")
            .register(registry);
    this.built = builds("succeeded");
    this.notBuilt = builds("failed");
  }

  /** Nothing had to be installed. */
  void reused() {
    reused.increment();
  }

  /** An installation, timed by how it ends. */
  Installation installing() {
    Timer.Sample sample = Timer.start(registry);
    return succeeded -> sample.stop(succeeded ? built : notBuilt);
  }

  /** An installation under way. */
  interface Installation {
    void ended(boolean succeeded);
  }

  private Timer builds(String outcome) {
    return Timer.builder("byoa.engine.local.environments.builds")
        .description("Installations of dependencies that were not in the cache")
        .tags("outcome", outcome)
        .register(registry);
  }
}
