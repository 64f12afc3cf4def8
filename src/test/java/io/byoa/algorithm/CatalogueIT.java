package io.byoa.algorithm;

import static io.byoa.testing.Code.ALGORITHMS;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.byoa.access.Bearer;
import io.byoa.access.Role;
import io.byoa.testing.Code;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists, and how a selector finds a version. */
@QuarkusTest
final class CatalogueIT {

  private static final String SELECTED = ALGORITHMS + "selected";

  @BeforeEach
  void publishVersionsOfEveryKind() {
    if (Bearer.admin().get(SELECTED).statusCode() == 200) {
      return;
    }
    // Not in the order of precedence, so that "the last push" would be another answer.
    for (String version :
        List.of("2.0.0-rc.1", "1.10.0", "1.9.0", "1.4.1", "1.4.0", "0.9.0", "3.0.0", "4.0.0")) {
      Code.of("selected", version).published();
    }
    status("3.0.0", "{\"status\": \"disabled\", \"reason\": \"It diverges\"}");
    status("0.9.0", "{\"status\": \"deprecated\"}");
    status("4.0.0", "{\"status\": \"deprecated\", \"reason\": \"Too slow\"}");
    alias("champion", "1.4.0");
    alias("next", "2.0.0-rc.1");
    alias("broken", "3.0.0");
    for (String name : List.of("listed-c", "listed-a", "listed-b")) {
      Code.of(name, "1.0.0").with("description", "\"Finds 100%_of \\\\ it\"").published();
    }
  }

  private static void status(String version, String body) {
    Bearer.admin()
        .contentType("application/json")
        .header("If-Match", "*")
        .body(body)
        .patch(SELECTED + "/versions/" + version)
        .then()
        .statusCode(200);
  }

  private static void alias(String name, String version) {
    Bearer.admin()
        .contentType("application/json")
        .body("{\"version\": \"" + version + "\"}")
        .put(SELECTED + "/aliases/" + name)
        .then()
        .statusCode(201);
  }

  private static ValidatableResponse get(String path) {
    return Bearer.admin().urlEncodingEnabled(false).get(path).then().log().ifValidationFails();
  }

  @ParameterizedTest
  @CsvSource({
    "1.4.0, 1.4.0", // exact
    "3.0.0, 3.0.0", // exact reads disabled ones too
    "2.0.0-rc.1, 2.0.0-rc.1", // exact reads pre-releases
    "1, 1.10.0", // precedence by number, not by text or time
    "1.4, 1.4.1",
    "latest, 1.10.0", // not the pre-release, not the disabled, not the deprecated one
    "0, 0.9.0", // deprecated only when nothing is available
    "4.0, 4.0.0",
    "champion, 1.4.0",
    "next, 2.0.0-rc.1",
    "broken, 3.0.0"
  })
  void aSelectorMeans(String selector, String version) {
    String exact = SELECTED + "/versions/" + version;
    get(SELECTED + "/versions/" + selector)
        .statusCode(200)
        .header("Content-Location", exact)
        .body("version", equalTo(version));
    for (String part : List.of("/descriptor", "/schema", "/openapi.json", "/code", "/files")) {
      get(SELECTED + "/versions/" + selector + part)
          .statusCode(200)
          .header("Content-Location", exact + part);
    }
    get(SELECTED + "/versions/" + selector + "/files/train.sh")
        .statusCode(200)
        .header("Content-Location", exact + "/files/train.sh");
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "2", "3", "1.5", "9.9.9", "nobody", "2.0"})
  void whatMatchesNothingNamesTheCandidates(String selector) {
    get(SELECTED + "/versions/" + selector)
        .statusCode(404)
        .body("code", equalTo("no-matching-version"))
        .body("detail", containsString("1.10.0 (available)"))
        .body("detail", containsString("3.0.0 (disabled)"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"v1", "1.", "01", "1.4.0.0", "Latest", "-a", "1.x", "*", "%3E1", "1.4.0+b"})
  void whatIsNoSelectorIsMalformed(String selector) {
    // "v1" is an alias by its shape.
    int status = selector.equals("v1") ? 404 : 400;
    get(SELECTED + "/versions/" + selector).statusCode(status);
  }

  @Test
  void anotherVersionUnderTheSameSelectorIsAnotherState() {
    Code.of("moving", "1.0.0").published();
    String latest = ALGORITHMS + "moving/versions/latest";
    String tag = get(latest).extract().header("ETag");
    Bearer.admin().header("If-None-Match", tag).get(latest).then().statusCode(304);
    Code.of("moving", "1.0.1").published();
    Bearer.admin()
        .header("If-None-Match", tag)
        .get(latest)
        .then()
        .statusCode(200)
        .body("version", equalTo("1.0.1"));
  }

  @Test
  void anAlgorithmSaysWhatLatestMeansAndItsAliases() {
    get(SELECTED)
        .statusCode(200)
        .body("latestVersion", equalTo("1.10.0"))
        .body("status", equalTo("available"))
        .body("versions", equalTo(8))
        .body("aliases.champion", equalTo("1.4.0"))
        .body("links.self", equalTo(SELECTED));
    get(ALGORITHMS + "selectd")
        .statusCode(404)
        .body("code", equalTo("algorithm-not-found"))
        .body("detail", containsString("did you mean 'selected'?"));
  }

  @Test
  void versionsComeHighestFirstPageByPage() {
    String path = SELECTED + "/versions?pageSize=3";
    String next =
        get(path)
            .statusCode(200)
            .header("Link", containsString("rel=\"next\""))
            .body("items.version", contains("4.0.0", "3.0.0", "2.0.0-rc.1"))
            .extract()
            .path("next");
    next =
        get(path + "&cursor=" + next)
            .body("items.version", contains("1.10.0", "1.9.0", "1.4.1"))
            .extract()
            .path("next");
    get(path + "&cursor=" + next)
        .body("items.version", contains("1.4.0", "0.9.0"))
        .body("next", nullValue());
  }

  @Test
  void findsAlgorithmsByTextAndStatus() {
    String next =
        get("/api/v1/algorithms?search=LISTED-&pageSize=2")
            .statusCode(200)
            .body("items.name", contains("listed-a", "listed-b"))
            .extract()
            .path("next");
    get("/api/v1/algorithms?search=LISTED-&pageSize=2&cursor=" + next)
        .body("items.name", contains("listed-c"))
        .body("next", nullValue());
    get("/api/v1/algorithms?search=listed&pageSize=2&cursor=" + next)
        .statusCode(400)
        .body("code", equalTo("cursor-invalid"));
    get("/api/v1/algorithms?search=100%25_of%20%5C")
        .body("items.name", contains("listed-a", "listed-b", "listed-c"));
    get("/api/v1/algorithms?search=1%25of").body("items", empty());
    get("/api/v1/algorithms?search=selected&status=disabled")
        .body("items.name", contains("selected"));
    get("/api/v1/algorithms?search=listed&status=disabled").body("items", empty());
    get("/api/v1/algorithms?status=gone")
        .statusCode(400)
        .body("errors[0].pointer", equalTo("?status"));
  }

  @Test
  void launchesOfADisabledVersionAreRefusedWithTheReasonAlsoThroughAnAlias() {
    for (String selector : List.of("3.0.0", "broken")) {
      Bearer.with(Bearer.token(Role.LAUNCHER))
          .contentType("application/json")
          .body("{}")
          .post(SELECTED + "/versions/" + selector + "/jobs?dryRun=true")
          .then()
          .statusCode(409)
          .body("code", equalTo("version-disabled"))
          .body("detail", containsString("It diverges"));
    }
  }

  @Test
  void listsTheRuntimesThatADescriptorMayName() {
    get("/api/v1/runtimes")
        .statusCode(200)
        .body("items.findAll { it.standard }.language", org.hamcrest.Matchers.hasItem("python"))
        .body("items.find { it.language == 'other' }.standard", equalTo(true))
        .body(
            "items.find { it.language == 'python' && it.version == '3.11' }.engines[0].engine",
            equalTo("local"));
  }
}
