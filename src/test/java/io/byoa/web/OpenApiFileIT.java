package io.byoa.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The contract is a file: what is served is what is committed. */
@QuarkusTest
@TestProfile(WithoutDatabase.class)
final class OpenApiFileIT {

  private static final Path COMMITTED = Path.of("docs/openapi.yaml");

  @Test
  void theCommittedDocumentIsTheServedOne() throws IOException {
    String served = given().get("/api/openapi").then().statusCode(200).extract().asString();
    if (Boolean.getBoolean("byoa.openapi.write")) {
      Files.writeString(COMMITTED, served);
    }
    assertThat(served)
        .as(
            "The API has changed. If that is meant, run 'make openapi', look at the difference in"
                + " docs/openapi.yaml and commit it.")
        .isEqualTo(Files.readString(COMMITTED));
  }

  @Test
  void isAnOpenApi31DocumentWithOneKindOfError() {
    given()
        .get("/api/openapi.json")
        .then()
        .statusCode(200)
        .body("openapi", startsWith("3.1"))
        .body("info.title", equalTo("BYOA"))
        .body("components.schemas.Problem.required.size()", equalTo(6))
        .body("components.securitySchemes.bearer.scheme", equalTo("bearer"));
  }

  @Test
  void swaggerUiRunsWithoutInlineScripts() {
    String page =
        given()
            .get("/api/docs")
            .then()
            .statusCode(200)
            .header(
                "Content-Security-Policy",
                allOf(
                    containsString("script-src 'self';"),
                    containsString("style-src 'self';"),
                    not(containsString("unsafe"))))
            .extract()
            .asString();
    assertThat(page).doesNotContain("onload=").doesNotContain("<style");
    var sources = Pattern.compile("(?:src|href)=\"([^\"]+)\"").matcher(page);
    int found = 0;
    while (sources.find()) {
      given().get(sources.group(1)).then().statusCode(200);
      found++;
    }
    assertThat(found).isEqualTo(3);
    assertThat(Pattern.compile("<script(?![^>]* src=)").matcher(page).find()).isFalse();
  }

  @Test
  void theExtensionsOwnPageIsNotServedBesideIt() {
    for (String path : new String[] {"/api/docs/", "/api/docs/index.html"}) {
      given().get(path).then().body(containsString("/api/docs/start.js"));
    }
  }

  @Test
  void everyBodySaysWhatItIsMadeOf() {
    forEachOperation((name, operation) -> {
      requireContent(name + " body", operation.path("requestBody"));
      operation
          .path("responses")
          .properties()
          .forEach(answer -> {
            if (answer.getKey().startsWith("2")) {
              requireContent(name + " " + answer.getKey(), answer.getValue());
            }
          });
    });
  }

  private static void requireContent(String where, JsonNode body) {
    if (!body.has("content")) {
      return;
    }
    assertThat(body.path("content").properties()).as(where).isNotEmpty();
    body.path("content")
        .properties()
        .forEach(content ->
            assertThat(content.getValue().path("schema").properties())
                .as("%s as %s", where, content.getKey())
                .isNotEmpty());
  }

  @Test
  void everyOperationHasANameOfItsOwn() {
    Set<String> names = new HashSet<>();
    forEachOperation((where, operation) -> {
      String name = operation.path("operationId").asText();
      assertThat(name).as(where).matches("[a-z][A-Za-z]+");
      assertThat(names.add(name)).as("%s has no other than %s", where, name).isTrue();
    });
    assertThat(names).contains("launchJob", "publishVersion", "changeVersion", "pointAlias");
  }

  @Test
  void aReadTakesOtherConditionsThanAChange() {
    forEachOperation((where, operation) -> {
      String foreign = where.startsWith("get ") ? "If-Match" : "If-None-Match";
      assertThat(operation.path("parameters").findValuesAsText("name"))
          .as(where)
          .doesNotContain(foreign);
    });
  }

  @Test
  void publishingTakesFormsAndLaunchingNeedsNoBody() {
    JsonNode paths = document().path("paths");
    assertThat(paths.at("/~1api~1v1~1algorithms/post/requestBody/content").properties())
        .extracting(Map.Entry::getKey)
        .contains("application/zip", "application/gzip", "multipart/form-data");
    JsonNode launch =
        paths.path("/api/v1/algorithms/{algorithm}/versions/{version}/jobs").path("post");
    assertThat(launch.at("/requestBody/content").has("application/json")).isTrue();
    assertThat(launch.at("/requestBody/required").asBoolean()).isFalse();
  }

  private static JsonNode document() {
    return given().get("/api/openapi.json").then().statusCode(200).extract().as(JsonNode.class);
  }

  private static void forEachOperation(BiConsumer<String, JsonNode> look) {
    document()
        .path("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .properties()
                .forEach(operation ->
                    look.accept(operation.getKey() + " " + path.getKey(), operation.getValue())));
  }
}
