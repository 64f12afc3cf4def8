package io.byoa.engine.local;

import io.byoa.engine.LaunchAnswer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** What is measured about jobs on this machine. */
final class LocalEngineMetrics {

  private final MeterRegistry registry;

  LocalEngineMetrics(MeterRegistry registry, Slots slots) {
    this.registry = registry;
    Gauge.builder("byoa.engine.local.slots", slots, Slots::count)
        .description("Programs that may run on this machine at the same time")
        .strongReference(true)
        .register(registry);
    Gauge.builder("byoa.engine.local.slots.used", slots, Slots::inUse)
        .description("Slots that are taken")
        .strongReference(true)
        .register(registry);
  }

  /** The answer to a launch. */
  LaunchAnswer launched(LaunchAnswer answer) {
    String word =
        switch (answer) {
          case LaunchAnswer.Accepted ignored -> "accepted";
          case LaunchAnswer.Deferred ignored -> "deferred";
          case LaunchAnswer.Rejected ignored -> "rejected";
        };
    Counter.builder("byoa.engine.local.launches")
        .description("Launches, by what became of them")
        .tags("answer", word)
        .register(registry)
        .increment();
    return answer;
  }

  /** A start of the program is over. */
  void attempted(String end) {
    Counter.builder("byoa.engine.local.attempts")
        .description("Starts of programs, by how they ended")
        .tags("end", end)
        .register(registry)
        .increment();
  }
}
