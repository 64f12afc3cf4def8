package io.byoa;

import io.byoa.common.StartRefused;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/**
 * Where traces are sent, by the environment variables that OpenTelemetry has agreed on.
 *
 * @param endpoint {@code OTEL_EXPORTER_OTLP_ENDPOINT}
 * @param protocol {@code OTEL_EXPORTER_OTLP_PROTOCOL}: {@code grpc} or {@code http/protobuf}. When
 *     absent, the port decides: 4317 is gRPC's by convention, every other one is taken for HTTP
 */
record Telemetry(URI endpoint, String protocol) {

  private static final int GRPC_PORT = 4317;

  /**
   * Reads it; empty when no endpoint is named, or {@code OTEL_SDK_DISABLED} is true.
   *
   * @throws StartRefused when it cannot be an endpoint
   */
  static Optional<Telemetry> of(Config config) {
    if (config.getOptionalValue("otel.sdk.disabled", Boolean.class).orElse(false)) {
      return Optional.empty();
    }
    return given(config, "endpoint")
        .map(text -> {
          URI endpoint = endpoint(text);
          String protocol =
              given(config, "protocol")
                  .orElse(endpoint.getPort() == GRPC_PORT ? "grpc" : "http/protobuf");
          return new Telemetry(endpoint, protocol);
        });
  }

  /** By the agreed name alone: the framework's own has a value when nobody gave it one. */
  private static Optional<String> given(Config config, String name) {
    return config.getOptionalValue("otel.exporter.otlp." + name, String.class);
  }

  private static URI endpoint(String text) {
    try {
      URI endpoint = URI.create(text);
      String scheme = endpoint.getScheme();
      if (endpoint.getHost() != null && ("http".equals(scheme) || "https".equals(scheme))) {
        return endpoint;
      }
    } catch (IllegalArgumentException e) {
      // Told below, with what was expected.
    }
    throw new StartRefused(
        "OTEL_EXPORTER_OTLP_ENDPOINT must be an address such as http://collector:4318; it is '%s'."
            .formatted(text));
  }
}
