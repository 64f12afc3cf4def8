package io.byoa.engine.local;

import io.byoa.engine.EngineChanged;
import io.byoa.engine.TrainingEngine;
import io.byoa.engine.local.environment.LocalRuntimes;
import io.byoa.engine.local.sandbox.SandboxTier;
import io.byoa.runtime.RuntimeCatalogue;
import io.byoa.runtime.RuntimeProvider;
import io.byoa.store.ObjectStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.InstantSource;

/** The local engine and what there is to know about it, for injection. */
final class LocalEngineBeans {

  /** What is installed here; also the {@code RuntimeProvider} of this engine. */
  @Produces
  @Singleton
  @Typed({LocalRuntimes.class, RuntimeProvider.class})
  LocalRuntimes runtimes(RuntimeCatalogue catalogue) throws IOException {
    return LocalRuntimes.ofThisMachine(catalogue);
  }

  @Produces
  @Singleton
  Machine machine(
      LocalEngineConfig config,
      ObjectStore store,
      InstantSource time,
      LocalRuntimes runtimes,
      MeterRegistry meters)
      throws IOException, InterruptedException {
    return Machine.of(config, store, time, runtimes, meters);
  }

  @Produces
  @Singleton
  SandboxTier sandboxTier(Machine machine) {
    return machine.sandbox().tier();
  }

  @Produces
  @Singleton
  @Identifier("local")
  TrainingEngine engine(Machine machine, Event<EngineChanged> changes) throws IOException {
    return new LocalEngine(
        machine,
        changed -> {
          var _ = changes.fireAsync(changed);
        });
  }

  void close(@Disposes @Identifier("local") TrainingEngine engine) {
    if (engine instanceof LocalEngine local) {
      local.close();
    }
  }
}
