package io.byoa.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
                    not(containsString("unsafe-eval"))))
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
}
