package io.byoa.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Attack A12: pages of others that reach for a server on this machine (DNS rebinding, drive-by).
 */
@QuarkusTest
final class HostIT {

  private static final String WHO = "GET /api/v1/session HTTP/1.1";

  @SuppressWarnings("NullAway.Init") // filled by Quarkus
  @TestHTTPResource("/")
  URI publicPort;

  @SuppressWarnings("NullAway.Init") // filled by Quarkus
  @TestHTTPResource(value = "/", management = true)
  URI managementPort;

  @ParameterizedTest
  @DisplayName("A12: a name that was rebound to this machine is not answered")
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:8080",
        "localhost.evil.example",
        "192.0.2.1",
        "0.0.0.0"
      })
  void answersNoReboundName(String host) throws IOException {
    String token = "Authorization: Bearer " + Bearer.adminToken();
    String answer = RawHttp.send(publicPort.getPort(), WHO, "Host: " + host, token);
    assertThat(answer)
        .startsWith("HTTP/1.1 421")
        .contains("application/problem+json")
        .contains("\"code\":\"misdirected\"")
        .contains("BYOA_ALLOWED_HOSTS");
    assertThat(RawHttp.status(publicPort.getPort(), "GET / HTTP/1.1", "Host: " + host))
        .isEqualTo(421);
    assertThat(RawHttp.status(managementPort.getPort(), "GET /q/health HTTP/1.1", "Host: " + host))
        .isEqualTo(421);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "localhost:1", "127.0.0.1", "[::1]", "byoa.example.org"})
  void answersItsOwnNamesButStillWantsAToken(String host) throws IOException {
    assertThat(RawHttp.status(publicPort.getPort(), WHO, "Host: " + host)).isEqualTo(401);
    assertThat(
            RawHttp.status(
                publicPort.getPort(),
                WHO,
                "Host: " + host,
                "Authorization: Bearer " + Bearer.adminToken()))
        .isEqualTo(200);
  }

  @Test
  void refusesARequestWithNoHostOrTwoOrABrokenOne() throws IOException {
    int port = publicPort.getPort();
    assertThat(RawHttp.status(port, WHO)).isEqualTo(400);
    assertThat(RawHttp.status(port, WHO, "Host: localhost", "Host: evil.example")).isEqualTo(400);
    assertThat(RawHttp.status(port, WHO, "Host: localhost@evil.example")).isEqualTo(400);
    assertThat(RawHttp.status(port, WHO, "Host: ")).isEqualTo(400);
  }

  @Test
  @DisplayName("A12: a forwarded host is not believed")
  void believesNoForwardedHost() throws IOException {
    assertThat(
            RawHttp.status(
                publicPort.getPort(), WHO, "Host: evil.example", "X-Forwarded-Host: localhost"))
        .isEqualTo(421);
    assertThat(
            RawHttp.status(
                publicPort.getPort(),
                "GET http://evil.example/api/v1/session HTTP/1.1",
                "Host: localhost"))
        .isIn(400, 401, 421);
  }

  @ParameterizedTest
  @DisplayName("A12: pages of other origins are refused, whatever they show")
  @ValueSource(
      strings = {
        "http://evil.example",
        "null",
        "http://localhost:3000",
        "http://127.0.0.1",
        "https://localhost.evil.example"
      })
  void refusesPagesOfOthersWhateverTheyShow(String origin) throws IOException {
    for (int port : new int[] {publicPort.getPort(), managementPort.getPort()}) {
      String answer =
          RawHttp.send(
              port,
              WHO,
              "Host: localhost",
              "Origin: " + origin,
              "Authorization: Bearer " + Bearer.adminToken());
      assertThat(answer).startsWith("HTTP/1.1 403").contains("\"code\":\"foreign-origin\"");
      assertThat(answer).doesNotContainIgnoringCase("Access-Control-Allow");
    }
  }

  @Test
  @DisplayName("A12: a form that a page of others sends is refused")
  void refusesAFormThatAPageOfOthersSendsWithoutAnOrigin() throws IOException {
    assertThat(
            RawHttp.status(
                publicPort.getPort(),
                "POST /api/v1/session HTTP/1.1",
                "Host: localhost",
                "Sec-Fetch-Site: cross-site",
                "Content-Length: 0"))
        .isEqualTo(403);
  }

  @Test
  void answersItsOwnPages() throws IOException {
    int port = publicPort.getPort();
    assertThat(
            RawHttp.status(
                port,
                WHO,
                "Host: localhost:" + port,
                "Origin: http://localhost:" + port,
                "Authorization: Bearer " + Bearer.adminToken()))
        .isEqualTo(200);
  }
}
