package io.byoa.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.byoa.common.Sha256;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks A17 (spellings of a path) and A18 (smuggling, oversized headers, slow bodies). */
@QuarkusTest
@TestProfile(WithoutDatabase.class)
@Timeout(90)
final class HostileRequestIT {

  private static final String POST =
      "POST /api/v1/test/things HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
  private static final String LAST_POST = POST + "Connection: close\r\n";

  @SuppressWarnings("NullAway.Init") // filled before the tests
  @TestHTTPResource("/")
  URI server;

  @AfterEach
  void theServerStaysUp() {
    given().get("/api/v1/test/wait").then().statusCode(200);
  }

  @ParameterizedTest
  @DisplayName("A17: other spellings of a path are refused")
  @ValueSource(
      strings = {
        "//api/v1/test/wait",
        "/api//v1/test/wait",
        "/api/v1/test/wait/",
        "/api/v1/test/wait;x=y",
        "/api;x=y/v1/test/wait",
        "/api/v1/test%2Fwait",
        "/api/v1/test%2fwait",
        "/api/v1/test%5Cwait",
        "/api/v1/other/../test/wait",
        "/api/v1/other/%2e%2e/test/wait",
        "/api/v1/other/.%2E/test/wait",
        "/api/v1/./test/wait",
        "/api/v1/test/wait%00",
        "/api/v1/test/wait%0a",
        "/../etc/passwd",
        "/..",
        "/api/v1/test/..%2f..%2fetc/passwd"
      })
  void refusesOtherSpellingsOfAPath(String path) throws IOException {
    assertThat(get(path))
        .startsWith("HTTP/1.1 400 ")
        .contains("application/problem+json")
        .contains("path-not-canonical");
  }

  @ParameterizedTest
  @DisplayName("A17: other paths are other things")
  @ValueSource(
      strings = {
        "/API/v1/test/wait",
        "/api/v1/test/wait%20",
        "/api/v1/test/wait%252F",
        "/api/v1/test/wait.json",
        "/api/v1/test/%EF%BC%8Fwait"
      })
  void otherPathsAreOtherThings(String path) throws IOException {
    assertThat(get(path)).startsWith("HTTP/1.1 404 ").contains("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://other.example/api/v1/test/wait", "*", "api/v1/test/wait", "", "?"})
  void refusesTargetsThatAreNoPath(String target) throws IOException {
    assertThat(get(target)).containsPattern("^HTTP/1.[01] 400 ");
  }

  @Test
  @DisplayName("A18: two requests are never read where a proxy might see one")
  void neverReadsTwoRequestsWhereAProxyMightSeeOne() throws IOException {
    String smuggled = "GET /api/v1/test/wait?wait=1ms HTTP/1.1\r\nHost: localhost\r\n\r\n";
    String answers =
        RawHttp.exchange(
            server,
            POST
                + "Content-Length: "
                + (5 + smuggled.length())
                + "\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
                + smuggled);
    assertThat(answers)
        .startsWith("HTTP/1.1 400 ")
        .containsOnlyOnce("HTTP/1.1 ")
        .doesNotContain("millis");
  }

  @ParameterizedTest
  @DisplayName("A18: bodies of unclear length are refused")
  @ValueSource(
      strings = {
        "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        "Content-Length: -1\r\n\r\n{}",
        "Content-Length: +2\r\n\r\n{}",
        "Content-Length: 2, 3\r\n\r\n{}",
        "Content-Length: 0x2\r\n\r\n{}",
        "Bad Header: x\r\nContent-Length: 2\r\n\r\n{}",
        "Content-Length : 2\r\n\r\n{}"
      })
  void refusesBodiesOfUnclearLength(String rest) throws IOException {
    assertThat(RawHttp.exchange(server, LAST_POST + rest)).startsWith("HTTP/1.1 400 ");
  }

  @ParameterizedTest
  @DisplayName("A18: chunks of unclear length are refused and end the connection")
  @ValueSource(strings = {"zz", "-2", "ffffffffffffffffff", ""})
  void hangsUpOnChunksOfUnclearLength(String size) throws IOException {
    String answers =
        RawHttp.exchange(
            server,
            LAST_POST + "Transfer-Encoding: chunked\r\n\r\n" + size + "\r\n{}\r\n0\r\n\r\n");
    assertThat(answers)
        .startsWith("HTTP/1.1 400 ")
        .contains("application/problem+json", "X-Content-Type-Options", "malformed-request")
        .containsOnlyOnce("HTTP/1.1 ");
  }

  /** The codec takes what follows the size for an extension. */
  @Test
  void aChunksSizeEndsAtABlank() throws IOException {
    assertThat(
            RawHttp.exchange(
                server, LAST_POST + "Transfer-Encoding: chunked\r\n\r\n2 2\r\n{}\r\n0\r\n\r\n"))
        .doesNotContain("HTTP/1.1 2", "HTTP/1.1 5");
  }

  @ParameterizedTest
  @DisplayName("A18: bodies in codings that nobody here reads are refused, not taken for empty")
  @ValueSource(
      strings = {
        "gzip",
        "xchunked",
        "identity",
        "chunked, gzip",
        "gzip, chunked",
        "chunked\r\nTransfer-Encoding: identity"
      })
  void refusesOtherTransferCodings(String coding) throws IOException {
    String answers =
        RawHttp.exchange(
            server,
            LAST_POST
                + "Transfer-Encoding: "
                + coding
                + "\r\n\r\nf\r\n{\"name\": \"abc\"}\r\n0\r\n\r\n");
    assertThat(answers).startsWith("HTTP/1.1 400 ").containsOnlyOnce("HTTP/1.1 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a#b", "\u00e4"})
  void refusesQueriesThatCannotBeRead(String query) throws IOException {
    for (String path : List.of("/api/v1/test/things?colour=", "/api/docs?x=", "/nowhere?x=")) {
      assertThat(get(path + query))
          .startsWith("HTTP/1.1 400 ")
          .contains("application/problem+json", "X-Content-Type-Options", "query-malformed");
    }
  }

  @Test
  void tellsAFormWithoutABoundaryWhatIsMissing() throws IOException {
    assertThat(
            RawHttp.exchange(
                server,
                "POST /api/v1/test/things HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + "Content-Type: multipart/form-data\r\nContent-Length: 2\r\n\r\n{}"))
        .startsWith("HTTP/1.1 400 ")
        .contains("boundary-missing", "curl -F");
  }

  @ParameterizedTest
  @DisplayName("A18: oversized headers are refused")
  @ValueSource(ints = {30_000, 100_000, 5_000_000})
  void refusesOversizedHeaders(int bytes) throws IOException {
    assertThat(get("/api/v1/test/wait", "X-Large: " + "a".repeat(bytes) + "\r\n"))
        .startsWith("HTTP/1.1 431 ");
  }

  @Test
  void refusesTooManyHeaders() throws IOException {
    assertThat(get("/api/v1/test/wait", "X-Many: a\r\n".repeat(5_000))).startsWith("HTTP/1.1 431 ");
  }

  @ParameterizedTest
  @ValueSource(ints = {10_000, 100_000})
  void refusesOverlongAddresses(int length) throws IOException {
    assertThat(get("/api/v1/test/wait?wait=" + "1".repeat(length)))
        .containsPattern("^HTTP/1.[01] 414 ");
  }

  @Test
  void refusesABodyThatSaysItIsTooLargeBeforeItArrives() throws IOException {
    assertThat(RawHttp.exchange(server, LAST_POST + "Content-Length: 99999999\r\n\r\n{"))
        .startsWith("HTTP/1.1 413 ")
        .contains("application/problem+json")
        .contains("body-too-large");
  }

  @Test
  @DisplayName("A18: a body that turns out too large is refused")
  void refusesABodyThatTurnsOutTooLarge() throws IOException {
    String chunk = "10000\r\n" + " ".repeat(65536) + "\r\n";
    assertThat(
            RawHttp.exchange(
                server,
                POST + "Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(17) + "0\r\n\r\n"))
        .startsWith("HTTP/1.1 413 ")
        .contains("body-too-large");
  }

  /** HTTP/2 needs neither Content-Length nor chunks to send a body. */
  @Test
  @DisplayName("A18: an endless body over HTTP/2 is refused like any other")
  void holdsUnannouncedBodiesOfHttp2ToTheSameLimit() throws Exception {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
      var first =
          client.send(
              HttpRequest.newBuilder(server.resolve("/api/v1/test/wait")).build(),
              BodyHandlers.ofString());
      assertThat(first.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(post(client, "{\"name\": \"a\"}")).isEqualTo(200);
      assertThat(post(client, " ".repeat(2 << 20))).isEqualTo(413);
      assertThat(post(client, "")).isEqualTo(422);
    }
  }

  private int post(HttpClient client, String body) throws Exception {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve("/api/v1/test/things"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)))
            .build();
    var answer = client.send(request, BodyHandlers.ofString());
    assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
    return answer.statusCode();
  }

  @Test
  void aRouteMayTakeMoreThanTheRest() {
    byte[] large = new byte[20 << 20];
    given()
        .contentType("application/octet-stream")
        .body(large)
        .post("/api/v1/test/uploads")
        .then()
        .statusCode(200)
        .body("sha256", equalTo(Sha256.of(large).hex()));
    given()
        .contentType("application/octet-stream")
        .body(new byte[33 << 20])
        .post("/api/v1/test/uploads")
        .then()
        .statusCode(413);
  }

  @Test
  @DisplayName("A18: a body that stops coming holds nothing for long")
  void aBodyThatStopsComingHoldsNothingForLong() throws IOException {
    try (RawHttp http = new RawHttp(server)) {
      http.send(POST + "Content-Length: 20\r\n\r\n{\"name\":");
      long began = System.nanoTime();
      assertThat(http.patiently().answers())
          .startsWith("HTTP/1.1 408 ")
          .contains("application/problem+json", "request-timeout");
      assertThat((System.nanoTime() - began) / 1e9).isLessThan(15);
    }
  }

  @Test
  @DisplayName("A18: an upload that stops coming holds nothing for long")
  void anUploadThatStopsComingHoldsNothingForLong() throws IOException {
    try (RawHttp http = new RawHttp(server)) {
      http.send(
          """
          POST /api/v1/test/uploads HTTP/1.1\r
          Host: localhost\r
          Content-Type: application/octet-stream\r
          Transfer-Encoding: chunked\r
          \r
          5\r
          abcde\r
          """);
      assertThat(http.patiently().answers()).startsWith("HTTP/1.1 408 ");
    }
  }

  @Test
  void aClientThatLeavesInTheMiddleOfABodyIsNobodysProblem() throws IOException {
    try (RawHttp http = new RawHttp(server)) {
      http.send(POST + "Content-Length: 20\r\n\r\n{\"name\":");
    }
  }

  private String get(String target) throws IOException {
    return get(target, "");
  }

  private String get(String target, String headers) throws IOException {
    return RawHttp.exchange(
        server,
        "GET "
            + target
            + " HTTP/1.1\r\nHost: localhost\r\n"
            + headers
            + "Connection: close\r\n\r\n");
  }
}
