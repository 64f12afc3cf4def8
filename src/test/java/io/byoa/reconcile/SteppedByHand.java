package io.byoa.reconcile;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;
import java.util.Set;

/** The application without its loop, and with {@link StandIns}. */
public final class SteppedByHand implements QuarkusTestProfile {

  @Override
  public Set<Class<?>> getEnabledAlternatives() {
    return Set.of(StandIns.class);
  }

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of("byoa.reconcile.enabled", "false", "byoa.engine", "fake");
  }
}
