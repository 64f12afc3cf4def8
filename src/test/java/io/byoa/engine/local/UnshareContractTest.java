package io.byoa.engine.local;

import java.util.Map;

/** The contract in the unshare tier. */
final class UnshareContractTest extends LocalEngineContractTest {

  @Override
  Map<String, String> settings() {
    return Map.of("grace", "PT20S", "sandbox", "unshare");
  }
}
