package io.byoa;

import io.byoa.common.StartRefused;
import io.byoa.database.DataFolder;
import io.byoa.database.DatabaseAddress;
import io.byoa.database.EmbeddedPostgres;
import io.byoa.database.FolderLock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the application stands on: the data folder, the right to it, and the database. */
final class Foundation {

  private final Settings settings;
  private @Nullable FolderLock lock;
  private @Nullable EmbeddedPostgres postgres;
  private @Nullable DatabaseAddress database;

  Foundation(Settings settings) {
    this.settings = settings;
  }

  /**
   * Lays it. A command beside a running server takes that server's database instead.
   *
   * @throws StartRefused with what is in the way
   */
  synchronized void lay(boolean serving) {
    settings.ownDatabase().ifPresent(Foundation::refuseOtherDatabases);
    DataFolder folder = DataFolder.open(settings.data());
    if (!serving && (settings.ownDatabase().isPresent() || FolderLock.isTaken(folder))) {
      database = settings.ownDatabase().isPresent() ? null : beside(folder);
      return;
    }
    lock = FolderLock.take(folder, settings.address().toString());
    if (serving) {
      Ports.requireFree(settings);
    }
    if (settings.ownDatabase().isEmpty()) {
      postgres =
          settings.binaries().isPresent()
              ? EmbeddedPostgres.start(
                  folder, settings.binaries().get(), Map.of(), step -> tell(step, serving))
              : EmbeddedPostgres.start(folder, step -> tell(step, serving));
      database = postgres.address();
    }
  }

  /** Removes it, the other way round; what is not there is passed over. */
  synchronized void remove() {
    if (postgres != null) {
      postgres.close();
    }
    if (lock != null) {
      lock.close();
    }
  }

  /** What the application has to be told about it, as configuration properties. */
  synchronized Map<String, String> properties(boolean serving) {
    Map<String, String> properties = new HashMap<>();
    if (database != null) {
      properties.put("byoa.database.url", database.url());
      properties.put("byoa.database.user", database.user());
      properties.put("byoa.database.password", database.password());
      properties.put("byoa.database.shared", "false");
    }
    properties.put("byoa.data", settings.data().toAbsolutePath().normalize().toString());
    properties.put("byoa.serving", Boolean.toString(serving));
    properties.put("byoa.management.port", Integer.toString(settings.managementPort()));
    settings
        .telemetry()
        .filter(wanted -> serving)
        .ifPresent(telemetry -> {
          properties.put("quarkus.otel.sdk.disabled", "false");
          properties.put("quarkus.otel.exporter.otlp.endpoint", telemetry.endpoint().toString());
          properties.put("quarkus.otel.exporter.otlp.protocol", telemetry.protocol());
          properties.put("quarkus.datasource.jdbc.telemetry.enabled", "true");
        });
    if (!serving) {
      properties.put("quarkus.http.host-enabled", "false");
      properties.put("quarkus.management.host-enabled", "false");
      properties.put("quarkus.log.level", "WARN");
      properties.put("quarkus.log.console.stderr", "true"); // A command's answer stands alone.
    }
    return properties;
  }

  private static DatabaseAddress beside(DataFolder folder) {
    Optional<DatabaseAddress> running = EmbeddedPostgres.running(folder);
    return running.orElseThrow(() ->
        new StartRefused(
            "A server is starting or stopping on %s. Try again in a moment."
                .formatted(folder.path())));
  }

  private static void refuseOtherDatabases(String url) {
    if (!url.startsWith("jdbc:postgresql:")) {
      throw new StartRefused(
          "BYOA_DATABASE_URL must name a PostgreSQL, as jdbc:postgresql://host:5432/database; it is '%s'."
              .formatted(url));
    }
  }

  private void tell(String step, boolean serving) {
    if (settings.jsonLog()) {
      return;
    }
    (serving ? System.out : System.err).println(step + " …");
  }
}
