package io.byoa.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
final class SessionIT {

  private static final String SESSION = "/api/v1/session";

  @SuppressWarnings("NullAway.Init") // filled by Quarkus
  @TestHTTPResource("/")
  URI server;

  @Test
  void signsInWithACookieThatNoScriptReads() {
    Response answer = signIn(Bearer.token(Role.LAUNCHER));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.jsonPath().getString("role")).isEqualTo("launcher");
    assertThat(answer.header("Set-Cookie"))
        .contains("byoa_session=byoa_ses_")
        .contains("HttpOnly")
        .contains("SameSite=Strict")
        .contains("Path=/api")
        .contains("Max-Age=43")
        .doesNotContain("Secure");
    browser(answer).get(SESSION).then().statusCode(200).body("role", equalTo("launcher"));
  }

  @Test
  void theCookieIsForHttpsAloneWhereTheBrowserSpeaksIt() {
    Response answer =
        request(Bearer.token(Role.VIEWER))
            .header("Host", "byoa.example.org")
            .header("Origin", "https://byoa.example.org")
            .post(SESSION);
    assertThat(answer.header("Set-Cookie")).contains("Secure");
  }

  @Test
  void aSessionIsNoTokenAndATokenNoSession() {
    String session = signIn(Bearer.adminToken()).cookie(SessionCookie.NAME);
    Bearer.with(session).get(SESSION).then().statusCode(401);
    given().cookie(SessionCookie.NAME, Bearer.adminToken()).get(SESSION).then().statusCode(401);
    assertThat(signIn(session).statusCode()).isEqualTo(401);
  }

  @Test
  void aCookieChangesThingsForPagesOfThisServerAlone() {
    Response admin = signIn(Bearer.adminToken());
    Map<String, String> viewer = Map.of("name", "by-cookie-" + System.nanoTime(), "role", "viewer");
    RequestSpecification create = browser(admin).contentType("application/json").body(viewer);
    create
        .post("/api/v1/tokens")
        .then()
        .statusCode(403)
        .body("code", equalTo("cross-site-request"));
    browser(admin)
        .contentType("application/json")
        .body(viewer)
        .header("Sec-Fetch-Site", "same-site")
        .post("/api/v1/tokens")
        .then()
        .statusCode(403);
    browser(admin)
        .contentType("application/json")
        .body(viewer)
        .header("Sec-Fetch-Site", "same-origin")
        .post("/api/v1/tokens")
        .then()
        .statusCode(201)
        .body("createdBy", equalTo("token:admin"));
    browser(admin)
        .contentType("application/json")
        .body(Map.of("name", "by-origin-" + System.nanoTime(), "role", "viewer"))
        .header("Origin", "http://" + server.getAuthority())
        .post("/api/v1/tokens")
        .then()
        .statusCode(201);
  }

  @Test
  void endsWhenOneSignsOut() {
    Response signedIn = signIn(Bearer.token(Role.VIEWER));
    browser(signedIn).get(SESSION).then().statusCode(200);
    browser(signedIn)
        .header("Sec-Fetch-Site", "same-origin")
        .delete(SESSION)
        .then()
        .statusCode(204)
        .header("Set-Cookie", containsString("Max-Age=0"));
    browser(signedIn).get(SESSION).then().statusCode(401).body("code", equalTo("session-over"));
  }

  @Test
  void endsWithItsToken() {
    var token =
        Bearer.admin()
            .contentType("application/json")
            .body(Map.of("name", "ends-" + System.nanoTime(), "role", "viewer", "expiresIn", "10m"))
            .post("/api/v1/tokens")
            .jsonPath();
    Response signedIn = signIn(token.getString("token"));
    assertThat(signedIn.detailedCookie(SessionCookie.NAME).getMaxAge()).isBetween(590L, 600L);
    browser(signedIn).get(SESSION).then().statusCode(200);
    Bearer.admin().delete("/api/v1/tokens/" + token.getString("id")).then().statusCode(204);
    browser(signedIn).get(SESSION).then().statusCode(401);
  }

  @Test
  void anOldCookieDoesNotKeepOneFromSigningIn() {
    request(Bearer.adminToken())
        .cookie(SessionCookie.NAME, Token.generate(Token.Kind.SES).secret())
        .post(SESSION)
        .then()
        .statusCode(200);
    given().cookie(SessionCookie.NAME, "torn").get("/api/openapi").then().statusCode(200);
  }

  /** From an address of its own, so that it does not get in the way of the others. */
  @Test
  void anAddressThatKeepsFailingHasToWaitEvenWithAGoodToken() throws IOException {
    InetAddress address = InetAddress.getByAddress(new byte[] {127, 0, 0, 77});
    String bad = "{\"token\":\"" + Token.generate(Token.Kind.PAT).secret() + "\"}";
    for (int i = 0; i < 10; i++) {
      assertThat(signInFrom(address, bad)).startsWith("HTTP/1.1 401");
    }
    String good = "{\"token\":\"" + Bearer.adminToken() + "\"}";
    assertThat(signInFrom(address, good))
        .startsWith("HTTP/1.1 429")
        .containsIgnoringCase("\r\nRetry-After: 60\r\n");
    assertThat(signIn(Bearer.adminToken()).statusCode()).isEqualTo(200);
  }

  private String signInFrom(InetAddress address, String body) throws IOException {
    return RawHttp.sendFrom(
        address,
        server.getPort(),
        "POST /api/v1/session HTTP/1.1",
        "Host: localhost",
        "Content-Type: application/json",
        "Content-Length: " + body.length(),
        "Connection: close",
        "",
        body);
  }

  private static Response signIn(String token) {
    return request(token).post(SESSION);
  }

  private static RequestSpecification request(String token) {
    return given().contentType("application/json").body(Map.of("token", token));
  }

  private static RequestSpecification browser(Response signedIn) {
    return given().cookie(SessionCookie.NAME, signedIn.cookie(SessionCookie.NAME));
  }
}
