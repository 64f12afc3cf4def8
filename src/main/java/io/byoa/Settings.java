package io.byoa;

import io.byoa.common.StartRefused;
import io.quarkus.runtime.configuration.ConfigUtils;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * What has to be known before the application starts, read from the places that it will read too:
 * system properties, the environment ({@code BYOA_PORT} is {@code byoa.port}), {@code .env}, {@code
 * config/application.properties} and the one in the application.
 *
 * @param data the folder that keeps everything
 * @param host the address to listen on
 * @param port where the API is
 * @param managementHost the address that health and metrics listen on
 * @param managementPort where health and metrics are
 * @param ownDatabase the JDBC URL of a PostgreSQL that the operator brings; empty for the embedded
 *     one
 * @param binaries where PostgreSQL's programs are unpacked; empty for the data folder
 * @param jsonLog whether each line that goes out is JSON
 * @param telemetry where traces go; empty when nobody wants them
 */
record Settings(
    Path data,
    String host,
    int port,
    String managementHost,
    int managementPort,
    Optional<String> ownDatabase,
    Optional<Path> binaries,
    boolean jsonLog,
    Optional<Telemetry> telemetry) {

  private static final int HIGHEST_PORT = 65_535;

  /**
   * Before the application exists, so with a reading of its own.
   *
   * @throws StartRefused when a setting cannot be what it says
   */
  static Settings read() {
    return of(ConfigUtils.configBuilder().build());
  }

  static Settings of(Config config) {
    requireSlots(config);
    String host = config.getValue("quarkus.http.host", String.class);
    int port = port("BYOA_PORT", text(config, "quarkus.http.port").orElse(""));
    String managementHost = text(config, "quarkus.management.host").orElse(host);
    int managementPort =
        text(config, "byoa.management.port")
            .map(text -> port("BYOA_MANAGEMENT_PORT", text))
            .orElseGet(() -> after(port));
    if (port == managementPort && host.equals(managementHost)) {
      throw new StartRefused(
          "BYOA_MANAGEMENT_PORT is %d, and so is BYOA_PORT. Health and metrics need a port of their own."
              .formatted(port));
    }
    return new Settings(
        Path.of(config.getValue("byoa.data", String.class)),
        host,
        port,
        managementHost,
        managementPort,
        config.getOptionalValue("byoa.database.url", String.class),
        config.getOptionalValue("byoa.database.binaries", String.class).map(Path::of),
        config.getValue("byoa.log.json", Boolean.class),
        Telemetry.of(config));
  }

  private static Optional<String> text(Config config, String property) {
    return config.getOptionalValue(property, String.class).map(String::strip);
  }

  private static int port(String setting, String text) {
    int port = number(text);
    if (port < 1 || port > HIGHEST_PORT) {
      throw new StartRefused(
          "%s must be a port, a number from 1 to %d; it is '%s'."
              .formatted(setting, HIGHEST_PORT, text));
    }
    return port;
  }

  private static int after(int port) {
    if (port == HIGHEST_PORT) {
      throw new StartRefused(
          "BYOA_PORT is %d, and health and metrics answer on the port after it. Choose a lower one, or set BYOA_MANAGEMENT_PORT."
              .formatted(port));
    }
    return port + 1;
  }

  /** Here already, since a machine without slots is found out only by jobs that never start. */
  private static void requireSlots(Config config) {
    text(config, "byoa.engine.local.slots")
        .filter(text -> number(text) < 1)
        .ifPresent(text -> {
          throw new StartRefused(
              "BYOA_ENGINE_LOCAL_SLOTS must be a number from 1 on, how many programs may run at a time; it is '%s'."
                  .formatted(text));
        });
  }

  /** 0 for what is no number. */
  private static int number(String text) {
    return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
  }

  /** Where the API answers, as somebody on this machine would type it. */
  URI address() {
    String name =
        switch (host) {
          case "0.0.0.0", "::", "127.0.0.1", "::1" -> "localhost";
          default -> host;
        };
    return URI.create("http://%s:%d".formatted(name, port));
  }

  /** Where health and metrics answer. */
  URI management() {
    return URI.create("http://%s:%d".formatted(address().getHost(), managementPort));
  }
}
