package io.byoa.engine;

import io.byoa.common.StartRefused;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The engines of this installation, by name. */
@Singleton
public class Engines {

  private final Map<String, TrainingEngine> byName = new TreeMap<>();
  private final TrainingEngine standard;

  Engines(
      @Any Instance<TrainingEngine> engines,
      @ConfigProperty(name = "byoa.engine", defaultValue = "local") String standard) {
    engines.forEach(engine -> byName.put(engine.name(), engine));
    TrainingEngine chosen = byName.get(standard);
    if (chosen == null) {
      throw new StartRefused(
          "BYOA_ENGINE is '%s', and there is no such engine. There is: %s."
              .formatted(standard, String.join(", ", byName.keySet())));
    }
    this.standard = chosen;
  }

  /** Made before anything begins that would have to be ended again if it cannot be made. */
  void start(@Observes @Priority(2) StartupEvent event) {}

  /** The engine of this name; empty when there is none. */
  public Optional<TrainingEngine> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** The engine that runs what does not ask for another one. */
  public TrainingEngine standard() {
    return standard;
  }

  /** All names, sorted. */
  public List<String> names() {
    return List.copyOf(byName.keySet());
  }
}
