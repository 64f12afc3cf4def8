package io.byoa.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks A8 (a route that authentication forgot) and A17 (spellings that get round a rule). */
@QuarkusTest
final class EveryRouteIT {

  private static final Set<Routes.Route> PUBLIC =
      Set.of(
          new Routes.Route("GET", "/schemas/algorithm/v1.json"),
          new Routes.Route("POST", "/api/v1/session"));

  @Inject Router router;

  @SuppressWarnings("NullAway.Init") // filled by Quarkus
  @TestHTTPResource("/")
  URI publicPort;

  @SuppressWarnings("NullAway.Init") // filled by Quarkus
  @TestHTTPResource(value = "/", management = true)
  URI managementPort;

  @Test
  @DisplayName("A8: every route of the deployment needs a token")
  void everyRouteOfTheDeploymentNeedsAToken() {
    List<Routes.Route> routes = Routes.all();
    assertThat(routes)
        .contains(
            new Routes.Route("GET", "/api/v1/tokens"),
            new Routes.Route("DELETE", "/api/v1/tokens/{token}"),
            new Routes.Route("GET", "/api/v1/test/doors/forgotten"));
    for (Routes.Route route : routes) {
      if (!PUBLIC.contains(route)) {
        assertThat(given().request(route.method(), route.example()).statusCode())
            .as("%s", route)
            .isEqualTo(401);
      }
    }
    assertThat(routes).containsAll(PUBLIC);
  }

  @Test
  @DisplayName("A8: every route of the OpenAPI document needs a token")
  void everyRouteOfTheOpenApiDocumentNeedsAToken() {
    JsonPath document =
        given()
            .accept("application/json")
            .get("/api/openapi")
            .then()
            .statusCode(200)
            .extract()
            .jsonPath();
    Map<String, Map<String, Object>> paths = document.getMap("paths");
    assertThat(paths).containsKeys("/api/v1/tokens", "/api/v1/session", "/api/v1/audit");
    paths.forEach((path, operations) -> {
      for (String method : operations.keySet()) {
        Routes.Route route = new Routes.Route(method.toUpperCase(Locale.ROOT), path);
        if (!PUBLIC.contains(route)) {
          assertThat(given().request(route.method(), route.example()).statusCode())
              .as("%s", route)
              .isEqualTo(401);
        }
      }
    });
  }

  /** Routes that extensions add beside Quarkus REST, or that somebody writes by hand. */
  @Test
  @DisplayName("A8: every route of the router is outside the API or needs a token")
  void everyRouteOfTheRouterIsOutsideTheApiOrNeedsAToken() {
    List<String> paths =
        router.getRoutes().stream()
            .map(Route::getPath)
            .filter(path -> path != null)
            .distinct()
            .toList();
    assertThat(paths).contains("/api/v1/test/naked");
    for (String path : paths) {
      boolean document = path.startsWith("/api/docs") || path.startsWith("/api/openapi");
      boolean files = path.equals("/");
      if (!document && !files) {
        for (HttpMethod method : HttpMethod.values()) {
          int status = given().request(method.name(), path).statusCode();
          assertThat(status).as("%s %s", method, path).isIn(401, 405, 501);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api",
        "/api/",
        "/api/v1",
        "/api/v1/nowhere",
        "/api/v2/jobs",
        "/q",
        "/q/",
        "/q/health",
        "/q/metrics",
        "/q/openapi",
        "/q/dev",
        "/q/arc"
      })
  void whatDoesNotExistNeedsATokenToo(String path) {
    given().get(path).then().statusCode(401).body("code", equalTo("unauthenticated"));
  }

  @Test
  void aResourceThatNamesNoRoleIsClosedToEverybody() {
    Bearer.admin()
        .get("/api/v1/test/doors/forgotten")
        .then()
        .statusCode(403)
        .body("code", equalTo("forbidden"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/openapi", "/api/docs/"})
  void whatDescribesTheApiIsPublic(String path) {
    given().get(path).then().statusCode(200);
  }

  @Test
  void tellsHowToGetIn() {
    given()
        .get("/api/v1/tokens")
        .then()
        .statusCode(401)
        .header("WWW-Authenticate", containsString("Bearer"))
        .contentType("application/problem+json")
        .body("detail", containsString("make admin-token"));
  }

  @ParameterizedTest
  @DisplayName("A17: no other spelling of a path gets round authentication")
  @ValueSource(
      strings = {
        "//api/v1/tokens",
        "/api//v1/tokens",
        "/api/v1//tokens",
        "/api/v1/tokens/",
        "/api/v1/tokens//",
        "/api/v1/tokens;x=y",
        "/api;x=y/v1/tokens",
        "/;/api/v1/tokens",
        "/api/v1/tokens%3Bx=y",
        "/api/v1%2Ftokens",
        "/api%2fv1%2ftokens",
        "/%61pi/v1/tokens",
        "/api/v1/%74okens",
        "/api/v1/../v1/tokens",
        "/api/docs/../v1/tokens",
        "/api/docs/%2e%2e/v1/tokens",
        "/api/docs/..%2fv1/tokens",
        "/api/docs/..;/v1/tokens",
        "/assets/../api/v1/tokens",
        "/x/..%5capi/v1/tokens",
        "/./api/v1/tokens",
        "/api/v1/session/../tokens",
        "/API/v1/tokens",
        "/Api/V1/Tokens",
        "/api/v1/tokens?/api/docs/",
        "/api/v1/tokens%00",
        "/api/v1/tokens%20",
        "/api/v1/tokens.json",
        "http://127.0.0.1/api/v1/tokens",
        "/api/docs/http://127.0.0.1/api/v1/tokens"
      })
  void noOtherSpellingGetsRound(String target) throws IOException {
    String answer =
        RawHttp.send(publicPort.getPort(), "GET " + target + " HTTP/1.1", "Host: localhost");
    assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("\"items\"");
    assertThat(answer.substring(9, 12)).isIn("400", "401", "404");
  }

  @ParameterizedTest
  @CsvSource({"HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "FOO", "post", "Post"})
  void noOtherMethodGetsRound(String method) throws IOException {
    assertThat(
            RawHttp.status(
                publicPort.getPort(), method + " /api/v1/session HTTP/1.1", "Host: localhost"))
        .isIn(400, 401, 405, 501);
  }

  @ParameterizedTest
  @DisplayName("A17: no header gets round authentication")
  @ValueSource(
      strings = {
        "X-HTTP-Method-Override: POST",
        "X-Original-URL: /api/docs/",
        "X-Rewrite-URL: /api/docs/",
        "X-Forwarded-For: 127.0.0.1",
        "X-Forwarded-Prefix: /api/docs",
        "Authorization: Basic YWRtaW46YWRtaW4=",
        "Authorization: Bearer null",
        "Authorization: Bearer",
        "Authorization:",
        "Cookie: byoa_session=",
        "Cookie: byoa_session=x",
        "Cookie: quarkus-credential=x"
      })
  void noHeaderGetsRound(String header) throws IOException {
    assertThat(
            RawHttp.status(
                publicPort.getPort(), "GET /api/v1/tokens HTTP/1.1", "Host: localhost", header))
        .isEqualTo(401);
  }

  @Test
  void theManagementPortAnswersHealthAloneWithoutAToken() {
    String management = "http://localhost:" + managementPort.getPort();
    for (String path : List.of("/q/health", "/q/health/live", "/q/health/ready")) {
      assertThat(given().get(management + path).statusCode()).as(path).isIn(200, 503);
    }
    for (String path : List.of("/q/metrics", "/q/health-ui", "/q/nowhere", "/", "/q/healthx")) {
      given()
          .get(management + path)
          .then()
          .statusCode(401)
          .body("code", equalTo("unauthenticated"));
    }
    Bearer.with(Bearer.token(Role.VIEWER))
        .get(management + "/q/metrics")
        .then()
        .statusCode(200)
        .body(containsString("jvm_"));
    Bearer.admin()
        .get(management + "/q/nowhere")
        .then()
        .statusCode(404)
        .body("code", equalTo("not-found"));
  }
}
