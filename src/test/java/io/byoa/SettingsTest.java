package io.byoa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byoa.database.StartRefused;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.smallrye.config.EnvConfigSource;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The settings that count before the application exists: their names and defaults are promises. */
final class SettingsTest {

  @Test
  void haveTheseDefaults() {
    Settings settings = in(Map.of());

    assertThat(settings.data()).isEqualTo(Path.of("data"));
    assertThat(settings.host()).isEqualTo("127.0.0.1");
    assertThat(settings.address()).hasToString("http://localhost:8080");
    assertThat(settings.management()).hasToString("http://localhost:8081");
    assertThat(settings.ownDatabase()).isEmpty();
    assertThat(settings.telemetry()).isEmpty();
  }

  @Test
  void comeFromTheEnvironment() {
    Settings settings =
        in(
            Map.of(
                "BYOA_DATA", "/srv/byoa",
                "BYOA_HOST", "10.0.0.1",
                "BYOA_PORT", "9000",
                "BYOA_DATABASE_URL", "jdbc:postgresql://db/byoa",
                "OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4317"));

    assertThat(settings.data()).isEqualTo(Path.of("/srv/byoa"));
    assertThat(settings.address()).hasToString("http://10.0.0.1:9000");
    assertThat(settings.managementPort()).isEqualTo(9001);
    assertThat(settings.ownDatabase()).contains("jdbc:postgresql://db/byoa");
    assertThat(settings.telemetry())
        .contains(new Telemetry(URI.create("http://collector:4317"), "grpc"));
  }

  @Test
  void letTheManagementPortBeElsewhere() {
    assertThat(in(Map.of("BYOA_MANAGEMENT_PORT", "7")).managementPort()).isEqualTo(7);
  }

  @Test
  void tellTheProtocolOfTracesByThePortOrByTheVariable() {
    String endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    assertThat(in(Map.of(endpoint, "https://traces.example.org")).telemetry())
        .contains(new Telemetry(URI.create("https://traces.example.org"), "http/protobuf"));
    assertThat(
            in(Map.of(endpoint, "http://c:9", "OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")).telemetry())
        .contains(new Telemetry(URI.create("http://c:9"), "grpc"));
    assertThat(in(Map.of(endpoint, "http://c:4318", "OTEL_SDK_DISABLED", "true")).telemetry())
        .isEmpty();
  }

  @Test
  void refuseAnEndpointThatIsNoAddress() {
    assertThatThrownBy(() -> in(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317")))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("http://collector:4318")
        .hasMessageContaining("'collector:4317'");
  }

  private static Settings in(Map<String, String> environment) {
    return Settings.of(
        ConfigUtils.configBuilder().withSources(new EnvConfigSource(environment, 500)).build());
  }
}
