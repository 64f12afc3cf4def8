package io.byoa.web;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;
import java.util.Set;

/** The application on the PostgreSQL that every such test gets, with every migration. */
public final class WithDatabase implements QuarkusTestProfile {

  @Override
  public Set<Class<?>> getEnabledAlternatives() {
    return Set.of(OpenDoor.class);
  }

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(
        "quarkus.flyway.migrate-at-start", "true",
        "quarkus.otel.sdk.disabled", "true");
  }
}
