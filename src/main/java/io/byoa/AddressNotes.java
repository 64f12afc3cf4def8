package io.byoa;

import io.byoa.common.StartupNote;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;

/** The first lines of what the server prints: where everything is. */
final class AddressNotes {

  private record Note(String label, String text, int order) implements StartupNote {}

  @Produces
  @Singleton
  StartupNote api(Config config) {
    Settings settings = Settings.of(config);
    return new Note("API", settings.address() + "/api/v1", 0);
  }

  @Produces
  @Singleton
  StartupNote documentation(Config config) {
    Settings settings = Settings.of(config);
    return new Note("Try it out", settings.address() + "/api/docs", 1);
  }

  @Produces
  @Singleton
  StartupNote health(Config config) {
    Settings settings = Settings.of(config);
    return new Note("Health", settings.management() + "/q/health", 2);
  }

  @Produces
  @Singleton
  StartupNote traces(Config config) {
    String text = Telemetry.of(config).map(to -> "sent to " + to.endpoint()).orElse("");
    return new Note("Traces", text, 3);
  }

  @Produces
  @Singleton
  StartupNote data(Config config) {
    Settings settings = Settings.of(config);
    return new Note("Data", settings.data().toAbsolutePath().normalize().toString(), 10);
  }
}
