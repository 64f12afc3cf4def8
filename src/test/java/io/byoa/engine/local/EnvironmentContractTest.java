package io.byoa.engine.local;

import java.util.Map;

/** The contract in the environment tier. */
final class EnvironmentContractTest extends LocalEngineContractTest {

  @Override
  Map<String, String> settings() {
    return Map.of("grace", "PT20S", "sandbox", "environment");
  }
}
