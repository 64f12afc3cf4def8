package io.byoa.algorithm;

import static io.byoa.testing.Code.ALGORITHMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.byoa.access.Bearer;
import io.byoa.access.Role;
import io.byoa.testing.Code;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may change about a version: its status, and the aliases that name it. */
@QuarkusTest
final class StandingIT {

  private static ValidatableResponse send(
      String method, String path, @Nullable String ifMatch, String body) {
    var request = Bearer.admin().contentType("application/json").body(body);
    if (ifMatch != null) {
      request.header("If-Match", ifMatch);
    }
    return request.request(method, path).then().log().ifValidationFails();
  }

  private static String tag(String path) {
    return Bearer.admin().get(path).then().statusCode(200).extract().header("ETag");
  }

  @Test
  void changesAStatusForWhoKnowsTheCurrentOne() {
    String path = Code.of("patched", "1.0.0").published().path();
    String deprecated = "{\"status\": \"deprecated\", \"reason\": \"Use 2\"}";
    send("PATCH", path, null, deprecated)
        .statusCode(428)
        .body("code", equalTo("if-match-required"));
    send("PATCH", path, "\"other\"", deprecated).statusCode(412).body("code", equalTo("stale"));
    String before = tag(path);
    String after =
        send("PATCH", path, before, deprecated)
            .statusCode(200)
            .body("status", equalTo("deprecated"))
            .extract()
            .header("ETag");
    assertThat(after).isNotEqualTo(before).isEqualTo(tag(path));
    send("PATCH", path, before, deprecated).statusCode(412);
    Bearer.admin().header("If-None-Match", after).get(path).then().statusCode(304);
    send("PATCH", path, "*", "{\"status\": \"available\"}")
        .statusCode(200)
        .body("reason", nullValue());
  }

  @Test
  void callersOfADeprecatedVersionAreTold() {
    Code code = Code.of("deprecated", "1.0.0").published();
    send(
            "PATCH",
            code.path(),
            "*",
            "{\"status\": \"deprecated\", \"reason\": \"Use 2\", \"sunsetAt\": \"2030-01-02T03:04:05+01:00\"}")
        .statusCode(200)
        .body("sunsetAt", equalTo("2030-01-02T02:04:05Z"));
    for (String part : List.of("", "/descriptor", "/schema", "/openapi.json", "/code", "/files")) {
      Bearer.admin()
          .get(code.path() + part)
          .then()
          .statusCode(200)
          .header("Deprecation", matchesPattern("@\\d+"))
          .header("Sunset", equalTo("Wed, 02 Jan 2030 02:04:05 GMT"));
    }
    Bearer.admin().get(code.path()).then().body("reason", equalTo("Use 2"));
    for (String query : List.of("?dryRun=true", "")) {
      send("POST", code.path() + "/jobs" + query, null, "{}")
          .header("Deprecation", matchesPattern("@\\d+"))
          .header("Sunset", containsString("2030"));
    }
    Code other = Code.of("deprecated", "1.0.1").published();
    assertThat(Bearer.admin().get(other.path()).header("Deprecation")).isNull();
  }

  private static ValidatableResponse push(Code code, String query) {
    return Bearer.admin().body(code.zip()).put(code.path() + query).then();
  }

  @Test
  void aPushSaysWhyItsVersionIsNotAvailable() {
    Code code = Code.of("pushed-disabled", "1.0.0");
    push(code, "?status=disabled")
        .statusCode(400)
        .body("errors[0].pointer", equalTo("?reason"))
        .body("detail", containsString("Say why"));
    push(code, "?status=disabled&reason=Untried")
        .statusCode(201)
        .body("status", equalTo("disabled"))
        .body("reason", equalTo("Untried"));
    send("POST", code.path() + "/jobs", null, "{}")
        .statusCode(409)
        .body("detail", containsString("Untried"));
  }

  @Test
  void whoPushesAgainIsToldWhatWasNotHeard() {
    Code code = Code.of("pushed-again", "1.0.0").published();
    push(code, "").statusCode(200).body("notices", not(hasItem(containsString("nothing changed"))));
    push(code, "?status=deprecated&reason=Old&sourceRevision=abc")
        .statusCode(200)
        .body("status", equalTo("available"))
        .body(
            "notices",
            hasItem(
                "The version was there with this content, so nothing changed: its status stays"
                    + " 'available' (PATCH changes it), and it stays known to come from where its"
                    + " first push said."));
  }

  @Test
  void refusesAChangeThatMakesNoSense() {
    String path = Code.of("unpatched", "1.0.0").published().path();
    send("PATCH", path, "*", "{\"status\": \"disabled\", \"resaon\": \"x\"}")
        .statusCode(422)
        .body("errors.pointer", hasItems("/reason", "/resaon"))
        .body("errors.detail", hasItem(containsString("did you mean 'reason'?")));
    send("PATCH", path, "*", "{\"status\": \"available\", \"sunsetAt\": \"2030-01-01T00:00:00Z\"}")
        .statusCode(422)
        .body("errors[0].pointer", equalTo("/sunsetAt"));
    send("PATCH", path, "*", "{\"status\": \"off\", \"sunsetAt\": \"tomorrow\"}")
        .statusCode(422)
        .body("errors.pointer", hasItems("/status", "/sunsetAt"));
    send("PATCH", path, "*", "{}").statusCode(422).body("errors[0].pointer", equalTo("/status"));
    send("PATCH", path.replace("1.0.0", "latest"), "*", "{\"status\": \"available\"}")
        .statusCode(404)
        .body("detail", containsString("exact version"));
    Bearer.with(Bearer.token(Role.LAUNCHER))
        .contentType("application/json")
        .header("If-Match", "*")
        .body("{\"status\": \"available\"}")
        .patch(path)
        .then()
        .statusCode(403);
    Bearer.admin().get(path).then().body("status", equalTo("available"));
  }

  @Test
  void pointsAndMovesAndRemovesAnAlias() {
    Code.of("aliased", "1.0.0").published();
    Code.of("aliased", "1.1.0").published();
    String alias = ALGORITHMS + "aliased/aliases/champion";
    send("PUT", alias, "\"x\"", "{\"version\": \"1.0.0\"}").statusCode(412);
    send("PUT", alias, "*", "{\"version\": \"1.0.0\"}").statusCode(412);
    String first =
        send("PUT", alias, null, "{\"version\": \"1.0.0\"}")
            .statusCode(201)
            .body("alias", equalTo("champion"))
            .extract()
            .header("ETag");
    assertThat(tag(alias)).isEqualTo(first);
    send("PUT", alias, null, "{\"version\": \"1.1.0\"}").statusCode(428);
    String second =
        send("PUT", alias, first, "{\"version\": \"1.1.0\"}")
            .statusCode(200)
            .body("version", equalTo("1.1.0"))
            .extract()
            .header("ETag");
    send("PUT", alias, first, "{\"version\": \"1.0.0\"}").statusCode(412);
    send("DELETE", alias, null, "").statusCode(428);
    send("DELETE", alias, first, "").statusCode(412);
    send("DELETE", alias, second, "").statusCode(204);
    send("DELETE", alias, "*", "").statusCode(404).body("code", equalTo("alias-not-found"));
    Bearer.admin().get(alias).then().statusCode(404);
    // The tag of an alias that was removed does not fit the next one of that name.
    send("PUT", alias, null, "{\"version\": \"1.0.0\"}").statusCode(201);
    send("DELETE", alias, first, "").statusCode(412);
    Bearer.admin()
        .get("/api/v1/audit?pageSize=200")
        .then()
        .body("items.action", hasItems("alias.pointed", "alias.removed"));
  }

  @Test
  void refusesAnAliasThatIsNone() {
    Code.of("unaliased", "1.0.0").published();
    String aliases = ALGORITHMS + "unaliased/aliases/";
    for (String name : List.of("latest", "1", "1.0.0", "Champion", "a_b", "a".repeat(41))) {
      send("PUT", aliases + name, null, "{\"version\": \"1.0.0\"}")
          .statusCode(422)
          .body("code", equalTo("alias-invalid"));
    }
    for (String version : List.of("1", "latest", "9.9.9", "")) {
      send("PUT", aliases + "x", null, "{\"version\": \"" + version + "\"}")
          .statusCode(422)
          .body("code", equalTo("version-not-found"))
          .body("errors.pointer", hasItems("/version"));
    }
    send("PUT", aliases + "x", null, "{\"versoin\": \"1.0.0\"}")
        .statusCode(422)
        .body("errors.pointer", hasItems("/version", "/versoin"));
  }

  @Test
  void twoWhoMakeTheSameAliasAtOnceGetAnAnswerEach() throws Exception {
    Code.of("contended", "1.0.0").published();
    String alias = ALGORITHMS + "contended/aliases/first";
    try (var threads = Executors.newFixedThreadPool(8)) {
      Callable<Integer> put =
          () -> send("PUT", alias, null, "{\"version\": \"1.0.0\"}").extract().statusCode();
      List<Integer> statuses =
          threads.invokeAll(java.util.Collections.nCopies(8, put)).stream()
              .map(Future::resultNow)
              .sorted()
              .toList();
      assertThat(statuses).startsWith(201).hasSize(8);
      assertThat(statuses.subList(1, 8)).containsOnly(428);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"status\": \"deprecated\", \"reason\": \"a\\u0000b\"}; /reason",
        "{\"status\": \"deprecated\", \"reason\": \"a\\ud800b\"}; /reason",
        "{\"status\": \"disabled\", \"reason\": \" \"}; /reason",
        "{\"status\": \"deprecated\", \"sunsetAt\": \"+999999999-12-31T23:59:59Z\"}; /sunsetAt",
        "{\"status\": \"deprecated\", \"sunsetAt\": \"-999999999-01-01T00:00:00+18:00\"}; /sunsetAt",
        "{\"status\": \"deprecated\", \"sunsetAt\": \"1970-01-01T00:00:00Z\"}; /sunsetAt"
      })
  void refusesWhatCannotBeKeptOrMeant(String body, String pointer) {
    Code code = Code.of("unkept", "1.0.0");
    code.put();
    send("PATCH", code.path(), "*", body)
        .statusCode(422)
        .body("code", equalTo("body-invalid"))
        .body("errors.pointer", hasItems(pointer));
    Bearer.admin().get(code.path()).then().body("status", equalTo("available"));
  }

  @Test
  void listsAliasesByName() {
    Code.of("many-named", "1.0.0").published();
    String aliases = ALGORITHMS + "many-named/aliases";
    for (String name : List.of("c", "a", "b")) {
      send("PUT", aliases + "/" + name, null, "{\"version\": \"1.0.0\"}").statusCode(201);
    }
    String next =
        Bearer.admin()
            .get(aliases + "?pageSize=2")
            .then()
            .statusCode(200)
            .body("items.alias", equalTo(List.of("a", "b")))
            .extract()
            .path("next");
    Bearer.admin()
        .queryParam("cursor", next)
        .get(aliases)
        .then()
        .body("items.alias", equalTo(List.of("c")))
        .body("items[0].version", equalTo("1.0.0"));
    Bearer.admin().get(ALGORITHMS + "no-such/aliases").then().statusCode(404);
  }

  @Test
  void anAlgorithmsTagChangesWithWhatIsSaidOfIt() {
    Code code = Code.of("tagged", "1.0.0").published();
    String path = ALGORITHMS + "tagged";
    String before = tag(path);
    Bearer.admin().header("If-None-Match", before).get(path).then().statusCode(304);
    send("PUT", path + "/aliases/a", null, "{\"version\": \"1.0.0\"}").statusCode(201);
    assertThat(tag(path)).isNotEqualTo(before);
    String named = tag(path);
    send("PATCH", code.path(), "*", "{\"status\": \"deprecated\"}").statusCode(200);
    assertThat(tag(path)).isNotEqualTo(named);
  }

  @Test
  void theReasonIsAmongTheNoticesOfALaunch() {
    Code code = Code.of("noticed", "1.0.0").published();
    send("PATCH", code.path(), "*", "{\"status\": \"deprecated\", \"reason\": \"Use 2.0.0.\"}")
        .statusCode(200);
    send("POST", code.path() + "/jobs?dryRun=true", null, "{}")
        .body("notices", hasItem("Version 1.0.0 of 'noticed' is deprecated: Use 2.0.0."));
    send("PATCH", code.path(), "*", "{\"status\": \"disabled\", \"reason\": \"It diverges.\"}");
    send("POST", code.path() + "/jobs", null, "{}")
        .statusCode(409)
        .body("detail", containsString("is disabled: It diverges. Launch another"));
  }
}
