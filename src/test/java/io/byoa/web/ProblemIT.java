package io.byoa.web;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(WithoutDatabase.class)
final class ProblemIT {

  @ParameterizedTest
  @CsvSource({
    "not-found, 404, no-such-thing",
    "too-many, 429, slow-down",
    "wrapped, 409, taken",
    "unauthorized, 401, unauthenticated",
    "authentication, 401, unauthenticated",
    "forbidden, 403, forbidden",
    "optimistic, 409, changed-meanwhile",
    "database, 503, database-unavailable",
    "pool, 503, database-unavailable",
    "unforeseen, 500, internal-error"
  })
  void whateverAResourceThrowsIsAProblem(String kind, int status, String code) {
    isProblem(given().get("/api/v1/test/failures/" + kind).then(), status, code)
        .body("instance", equalTo("/api/v1/test/failures/" + kind))
        .body(not(containsString("secret")))
        .body(not(containsString("Exception")));
  }

  @Test
  void saysWhenToComeBack() {
    given().get("/api/v1/test/failures/too-many").then().header("Retry-After", "2");
    given().get("/api/v1/test/failures/database").then().header("Retry-After", "2");
  }

  @Test
  void challengesWhoIsUnknown() {
    given()
        .get("/api/v1/test/failures/unauthorized")
        .then()
        .header("WWW-Authenticate", containsString("Bearer"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/nowhere",
        "/api",
        "/api/v1",
        "/api/v1/test",
        "/api/v1/nowhere",
        "/q/nowhere"
      })
  void unknownRoutesAreNotFound(String path) {
    isProblem(given().get(path).then(), 404, "not-found");
  }

  @Test
  void otherMethodsAreNotAllowedAndTheAllowedOnesNamed() {
    isProblem(given().delete("/api/v1/test/things").then(), 405, "method-not-allowed")
        .header("Allow", equalTo("GET, HEAD, POST"));
  }

  @Test
  void refusesAnswersInMediaTypesItDoesNotSpeak() {
    isProblem(given().accept("image/png").get("/api/v1/test/things").then(), 406, "not-acceptable");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../", "*/*/", "a b c", "text"})
  void anUnreadableAcceptHeaderIsNotAcceptable(String accept) {
    isProblem(
        given().header("Accept", accept).get("/api/v1/test/things").then(), 406, "not-acceptable");
  }

  @Test
  void refusesBodiesOfOtherTypes() {
    isProblem(
            given().contentType("text/csv").body("a,b").post("/api/v1/test/things").then(),
            415,
            "unsupported-media-type")
        .body("detail", containsString("-H 'Content-Type: application/json'"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/;/", "text", "application/json; charset=nonsense"})
  void anUnreadableContentTypeIsTheClientsFault(String type) {
    given()
        .config(
            RestAssured.config()
                .encoderConfig(
                    io.restassured.config.EncoderConfig.encoderConfig()
                        .encodeContentTypeAs(type, ContentType.TEXT)))
        .header("Content-Type", type)
        .body("{\"name\":\"a\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8))
        .post("/api/v1/test/things")
        .then()
        .statusCode(org.hamcrest.Matchers.lessThan(500));
  }

  @Test
  void saysWhereJsonIsMalformed() {
    isProblem(json("{\"name\": \"a\",\n  oops}"), 400, "malformed-json")
        .body("detail", containsString("line 2, column 3"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":\"a\",\"name\":\"b\"}",
        "{\"name\":\"a\"} {}",
        "{\"name\":",
        "{\"name\":\"\u0001\"}",
        "{\"name\":NaN}",
        "nonsense"
      })
  void refusesWhatIsNotOneJsonObject(String body) {
    isProblem(json(body), 400, "malformed-json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "\"text\"", "7", "null"})
  void theBodyMustBeAnObject(String body) {
    isProblem(json(body), 422, "body-invalid");
  }

  @Test
  void refusesDeeplyNestedBodies() {
    isProblem(json("{\"anything\":" + "[".repeat(5000)), 400, "malformed-json");
  }

  @Test
  void tellsAllThatIsWrongWithABodyAtOnce() {
    isProblem(
            json(
                """
                {"nmae": "a", "size": "big", "labels": ["x", 1, null], "inner": {"no": 1}}
                """),
            422,
            "body-invalid")
        .body(
            "errors.pointer",
            org.hamcrest.Matchers.containsInAnyOrder(
                "/nmae", "/name", "/size", "/labels/1", "/labels/2", "/inner/on", "/inner/no"))
        .body(
            "errors.find { it.pointer == '/nmae' }.detail", containsString("did you mean 'name'?"));
  }

  @Test
  void readsAGoodBody() {
    json("{\"name\":\"a\",\"size\":5.0,\"anything\":{\"x\":[1]},\"labels\":null}")
        .statusCode(200)
        .body("size", equalTo(5));
  }

  @Test
  void carriesTheCallersTraceId() {
    String trace = "0af7651916cd43dd8448eb211c80319c";
    given()
        .header("traceparent", "00-" + trace + "-b7ad6b7169203331-01")
        .get("/api/v1/test/failures/not-found")
        .then()
        .header("X-Trace-Id", trace)
        .body("traceId", equalTo(trace));
  }

  private static ValidatableResponse json(String body) {
    return given().contentType(ContentType.JSON).body(body).post("/api/v1/test/things").then();
  }

  private static ValidatableResponse isProblem(
      ValidatableResponse answer, int status, String code) {
    answer
        .statusCode(status)
        .header("Content-Type", equalTo("application/problem+json"))
        .header("X-Content-Type-Options", "nosniff")
        .header("X-Trace-Id", matchesPattern("[0-9a-f]{32}"))
        .body("status", equalTo(status))
        .body("traceId", equalTo(answer.extract().header("X-Trace-Id")));
    return answer.body("type", equalTo("urn:byoa:problem:" + code)).body("code", equalTo(code));
  }
}
