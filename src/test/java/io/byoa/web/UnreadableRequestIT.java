package io.byoa.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A18: what no router gets to see is answered as a problem all the same, on both ports. */
@QuarkusTest
@TestProfile(WithoutDatabase.class)
@Timeout(90)
final class UnreadableRequestIT {

  private static final String LAST = "Host: localhost\r\nConnection: close\r\n";
  private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n";

  @SuppressWarnings("NullAway.Init") // filled before the tests
  @TestHTTPResource("/")
  URI server;

  @SuppressWarnings("NullAway.Init") // filled before the tests
  @TestHTTPResource(value = "/", management = true)
  URI management;

  @SuppressWarnings("NullAway.Init") // filled before the tests
  @Inject
  Vertx vertx;

  private final Queue<String> logged = new ConcurrentLinkedQueue<>();
  private final Handler log = new Errors();

  @BeforeEach
  void listenToTheLog() {
    Logger.getLogger("").addHandler(log);
  }

  @AfterEach
  void theServerStaysUpAndLogsNothing() {
    given().get("/api/v1/test/wait").then().statusCode(200);
    given().get(management.resolve("/q/health/live")).then().statusCode(200);
    Logger.getLogger("").removeHandler(log);
    assertThat(logged).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '~',
      value = {
        "/a{b ~write %7B for '{'~",
        "/a}b ~write %7D for '}'~",
        "/a|b ~write %7C for '|'~",
        "/a\"b ~write %22 for '\\\"'~",
        "/a<b ~write %3C for '<'~",
        "/a^b ~write %5E for '^'~",
        "/a`b ~write %60 for '`'~",
        "/a%zz ~'%' is not followed by two hexadecimal digits~",
        "/a% ~'%' is not followed by two hexadecimal digits~",
        "/\u00e4 ~as UTF-8~",
        "/a?b={c} ~write %7B for '{'~",
        "/a?b=%zz ~write %25 for it~"
      })
  void saysWhichCharacterOfAnAddressIsWrong(String target, String says) throws IOException {
    String request = "GET " + target + " HTTP/1.1\r\n" + LAST + "\r\n";
    refused(request, 400, says);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-1                                | 400 | Content-Length is not a number of bytes",
        "+2                                | 400 | Content-Length is not a number of bytes",
        "0x2                               | 400 | Content-Length is not a number of bytes",
        "2 3                               | 400 | Content-Length is not a number of bytes",
        "2, 3                              | 400 | Content-Length is not a number of bytes",
        "''                                | 400 | Content-Length is not a number of bytes",
        "68719476737                       | 413 | larger than the 68,719,476,736 bytes",
        "9223372036854775807               | 413 | larger than the 68,719,476,736 bytes",
        "99999999999999999999999999999999  | 413 | larger than the 68,719,476,736 bytes"
      })
  void refusesLengthsThatAreNone(String length, int status, String says) throws IOException {
    hungUpOn(post("Content-Length: " + length), status, says);
  }

  @ParameterizedTest
  @DisplayName("A18: two lengths, a length beside chunks, and other codings are refused")
  @ValueSource(
      strings = {
        "Content-Length: 2\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 2",
        "transfer-encoding: Chunked\r\ncontent-length: 2",
        "Content-Length: 2\r\nContent-Length: 2",
        "Content-Length: 2\r\ncontent-length: 40",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: identity\r\nContent-Length: 2",
        "Transfer-Encoding: \"chunked\""
      })
  void refusesBodiesThatMightEndElsewhere(String headers) throws IOException {
    hungUpOn(post(headers), 400, "Transfer-Encoding");
  }

  @ParameterizedTest
  @DisplayName("A18: HTTP/1.0 has no chunks, and one length like any other")
  @CsvSource({"Transfer-Encoding: chunked, only in HTTP/1.1", "Content-Length: 40, more than one"})
  void holdsOldClientsToTheSame(String header, String says) throws IOException {
    String request = post("Content-Length: 2\r\n" + header).replaceFirst("HTTP/1.1", "HTTP/1.0");
    hungUpOn(request, 400, says.strip());
  }

  @ParameterizedTest
  @DisplayName("A18: headers that servers read differently are refused")
  @ValueSource(
      strings = {
        "Content-Length : 2",
        "Transfer-Encoding : chunked",
        "Transfer-Encoding\t: chunked",
        "Transfer-Encoding: \u000bchunked",
        "X: a\r\n b",
        "X: a\r\n\tTransfer-Encoding: chunked",
        "Transfer-Encoding:\r\n chunked",
        "X: a\nTransfer-Encoding: chunked",
        "X: a\rTransfer-Encoding: chunked",
        "X: a\u0000b",
        "Bad Header: x",
        "B\u00e4d: x",
        ": x",
        "no colon"
      })
  void refusesHeadersThatAreNone(String header) throws IOException {
    hungUpOn(post(header), 400, "line");
    hungUpOn(post(header).replaceFirst("Host: localhost\r\n", ""), 400, "line");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GARBAGE                       | 400 | GET /api/v1/algorithms HTTP/1.1",
        "GET /                         | 400 | GET /api/v1/algorithms HTTP/1.1",
        "GET HTTP/1.1                  | 400 | GET /api/v1/algorithms HTTP/1.1",
        "GET /a b HTTP/1.1             | 400 | GET /api/v1/algorithms HTTP/1.1",
        "GET / http/1.1                | 400 | GET /api/v1/algorithms HTTP/1.1",
        "GET / HTTP/1.1.1              | 400 | GET /api/v1/algorithms HTTP/1.1",
        "GET / ICY/1.1                 | 505 | Write HTTP/1.1",
        "GET / HTTP/2.0                | 505 | Write HTTP/1.1",
        "GET / HTTP/1.2                | 505 | Write HTTP/1.1",
        "G<T / HTTP/1.1                | 400 | GET /api/v1/algorithms HTTP/1.1"
      })
  void saysHowARequestBegins(String line, int status, String says) throws IOException {
    hungUpOn(line + "\r\n" + LAST + "\r\n", status, says);
  }

  @Test
  void aClientThatCrashesIsNobodysProblem() throws IOException {
    for (URI port : List.of(server, management)) {
      try (RawHttp http = new RawHttp(port)) {
        assertThat(http.send("GARBAGE\r\n\r\n").answers()).startsWith("HTTP/1.1 400 ");
        http.reset();
      }
    }
  }

  @Test
  void tellsATlsClientThatThisIsPlainHttp() throws IOException {
    hungUpOn("\u0016\u0003\u0001\u0002\u0000\u0001", 400, "write http:// instead of https://");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Connection: close",
        "Connection: Upgrade, close",
        "Connection: Upgrade, HTTP2-Settings, close",
        "Connection: Upgrade, HTTP2-Settings, close\r\nHTTP2-Settings: ?",
        "Connection: Upgrade, close\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA"
      })
  void passesOverHalfAnOfferToSpeakHttp2(String headers) throws IOException {
    String request = "GET /api/v1/test/wait HTTP/1.1\r\nHost: localhost\r\nUpgrade: h2c\r\n";
    assertThat(RawHttp.exchange(server, request + headers + "\r\n\r\n"))
        .startsWith("HTTP/1.1 200 ");
  }

  @Test
  void saysWhichHostIsMissing() throws IOException {
    String close = "GET /q/health/live HTTP/1.1\r\nConnection: close\r\n";
    refused(close + "\r\n", 400, "Host: <name>");
    refused(close + "Host: a b\r\n\r\n", 400, "Host: <name>");
    hungUpOn(close + "Host: localhost\r\nhost: localhost\r\n\r\n", 400, "more than one Host");
    hungUpOn(close + "Host: a\r\nHost: b\r\n\r\n", 400, "more than one Host");
  }

  @ParameterizedTest
  @ValueSource(ints = {30_000, 100_000, 5_000_000})
  void saysThatHeadersAreTooLarge(int bytes) throws IOException {
    String large = "X-Large: " + "a".repeat(bytes) + "\r\n";
    refused("GET / HTTP/1.1\r\n" + LAST + large + "\r\n", 431, "headers are larger than");
    refused("GET /?a=" + "1".repeat(bytes) + " HTTP/1.1\r\n" + LAST + "\r\n", 414, "longer than");
  }

  @Test
  void answersAnUnreadableRequestWhenItIsItsTurn() throws IOException {
    String slow = "GET /api/v1/test/wait?wait=300ms HTTP/1.1\r\nHost: localhost\r\n";
    String answers = RawHttp.exchange(server, slow + "\r\n" + slow + "\r\nGARBAGE\r\n\r\n");
    assertThat(answers.split("HTTP/1.1 ", -1)).hasSize(4);
    assertThat(answers.indexOf("HTTP/1.1 400 ")).isGreaterThan(answers.lastIndexOf("millis"));

    String last = slow + "Connection: close\r\n\r\n";
    assertThat(RawHttp.exchange(server, last + "GARBAGE\r\n\r\n"))
        .startsWith("HTTP/1.1 200 ")
        .containsOnlyOnce("HTTP/1.1 ");
  }

  @Test
  void aConnectionGoesOnAfterChunks() throws IOException {
    String chunked = post("Transfer-Encoding: chunked").replace("0\r\n", "2\r\n{}\r\n0\r\n");
    assertThat(RawHttp.exchange(server, chunked + chunked).split("HTTP/1.1 422 ", -1)).hasSize(3);
  }

  @Test
  void saysTheSameOverHttp2() throws Exception {
    var options =
        new HttpClientOptions()
            .setProtocolVersion(HttpVersion.HTTP_2)
            .setHttp2ClearTextUpgrade(false);
    var client = vertx.createHttpClient(options);
    for (URI port : List.of(server, management)) {
      String answer =
          client
              .request(
                  new RequestOptions()
                      .setMethod(HttpMethod.GET)
                      .setHost(port.getHost())
                      .setPort(port.getPort())
                      .setURI("/a{b"))
              .compose(request -> request.send())
              .compose(response -> response.body().map(body -> text(response) + body))
              .toCompletionStage()
              .toCompletableFuture()
              .get(10, TimeUnit.SECONDS);
      assertThat(answer).startsWith("HTTP_2 400 application/problem+json").contains("write %7B");
    }
  }

  private static String text(HttpClientResponse response) {
    return response.version()
        + " "
        + response.statusCode()
        + " "
        + response.getHeader("Content-Type");
  }

  private static String post(String headers) {
    return "POST /api/v1/test/things HTTP/1.1\r\nHost: localhost\r\n"
        + "Content-Type: application/json\r\n"
        + headers
        + "\r\n\r\n0\r\n\r\n";
  }

  /** On both ports, and what follows is not read as another request. */
  private void hungUpOn(String request, int status, String says) throws IOException {
    refused(request + SMUGGLED, status, says);
  }

  private void refused(String request, int status, String says) throws IOException {
    for (URI port : List.of(server, management)) {
      long began = System.nanoTime();
      String answer = RawHttp.exchange(port, request);
      assertThat(answer)
          .as("%s on %s", request.substring(0, Math.min(300, request.length())), port)
          .startsWith("HTTP/1.1 " + status + " ")
          .contains("application/problem+json", "X-Content-Type-Options: nosniff", "X-Trace-Id")
          .containsIgnoringCase("connection: close")
          .contains("\"status\":" + status, "\"traceId\":", says)
          .containsOnlyOnce("HTTP/1.1 " + status);
      assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began))
          .as("milliseconds until the connection was closed")
          .isLessThan(2_900);
    }
  }

  private final class Errors extends Handler {

    @Override
    public void publish(LogRecord entry) {
      if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
        logged.add(entry.getLevel() + " " + entry.getMessage());
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
