package io.byoa;

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
    int managementPort,
    Optional<String> ownDatabase,
    Optional<Path> binaries,
    boolean jsonLog,
    Optional<Telemetry> telemetry) {

  /** Before the application exists, so with a reading of its own. */
  static Settings read() {
    return of(ConfigUtils.configBuilder().build());
  }

  static Settings of(Config config) {
    int port = config.getValue("quarkus.http.port", Integer.class);
    return new Settings(
        Path.of(config.getValue("byoa.data", String.class)),
        config.getValue("quarkus.http.host", String.class),
        port,
        config.getOptionalValue("byoa.management.port", Integer.class).orElse(port + 1),
        config.getOptionalValue("byoa.database.url", String.class),
        config.getOptionalValue("byoa.database.binaries", String.class).map(Path::of),
        config.getValue("byoa.log.json", Boolean.class),
        Telemetry.of(config));
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
