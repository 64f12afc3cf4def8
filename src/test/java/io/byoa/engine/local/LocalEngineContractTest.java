package io.byoa.engine.local;

import io.byoa.engine.Orders;
import io.byoa.engine.TrainingEngine;
import io.byoa.engine.TrainingEngineContract;
import io.byoa.engine.TrainingOrder;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract on real processes, in the strongest sandbox of this machine. */
@SuppressWarnings("NullAway.Init") // JUnit fills the fields before each test
class LocalEngineContractTest extends TrainingEngineContract {

  /** The engine's settings. */
  Map<String, String> settings() {
    return Map.of("grace", "PT20S");
  }

  @TempDir Path data;
  private Workplace place;

  @BeforeEach
  void open() throws Exception {
    place = new Workplace(data, settings());
  }

  @AfterEach
  void close() throws Exception {
    place.close();
  }

  @Override
  protected TrainingEngine engine() {
    return place.engine;
  }

  @Override
  protected TrainingOrder order(Behaviour behaviour) {
    return Orders.script(
            place.store,
            "run.sh",
            switch (behaviour) {
              case SUCCEEDS -> "echo hello";
              case FAILS -> "echo hello; exit 3";
              case WAITS -> "echo hello; exec sleep 300";
            })
        .order();
  }

  @Override
  protected boolean interrupts() {
    return true;
  }

  @Override
  protected void restart() throws Exception {
    place.close();
    place = new Workplace(data, settings(), place.store);
  }
}
