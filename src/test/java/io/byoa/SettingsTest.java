package io.byoa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byoa.common.StartRefused;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.smallrye.config.EnvConfigSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(strings = {"abc", "99999", "0", "-1", "80 80", "8080.0"})
  void refuseAPortThatIsNone(String port) {
    assertThatThrownBy(() -> in(Map.of("BYOA_PORT", port)))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("BYOA_PORT must be a port")
        .hasMessageContaining("'" + port + "'");
    assertThatThrownBy(() -> in(Map.of("BYOA_MANAGEMENT_PORT", port)))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("BYOA_MANAGEMENT_PORT must be a port");
  }

  @Test
  void refuseOnePortForBoth() {
    assertThatThrownBy(() -> in(Map.of("BYOA_PORT", "9000", "BYOA_MANAGEMENT_PORT", "9000")))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("BYOA_MANAGEMENT_PORT is 9000");
    assertThat(
            in(Map.of(
                    "BYOA_PORT", "9000",
                    "BYOA_MANAGEMENT_PORT", "9000",
                    "BYOA_MANAGEMENT_HOST", "127.0.0.2"))
                .managementHost())
        .isEqualTo("127.0.0.2");
    assertThatThrownBy(() -> in(Map.of("BYOA_PORT", "65535")))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("BYOA_MANAGEMENT_PORT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "two", "-1", "1.5"})
  void refuseANumberOfSlotsThatIsNone(String slots) {
    assertThatThrownBy(() -> in(Map.of("BYOA_ENGINE_LOCAL_SLOTS", slots)))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("BYOA_ENGINE_LOCAL_SLOTS must be a number from 1 on")
        .hasMessageContaining("'" + slots + "'");
  }

  @Test
  void nameThePortThatSomebodyElseHas() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      assertThatThrownBy(() -> Ports.requireFree(in(Map.of("BYOA_PORT", port))))
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining("Port " + port)
          .hasMessageContaining("BYOA_PORT");
      assertThatThrownBy(
              () -> Ports.requireFree(in(Map.of("BYOA_PORT", "7", "BYOA_HOST", "192.0.2.1"))))
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining("BYOA_HOST is '192.0.2.1'");
    }
  }
}
