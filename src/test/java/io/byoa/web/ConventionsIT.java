package io.byoa.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.describedAs;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(WithoutDatabase.class)
final class ConventionsIT {

  private static final String THINGS = "/api/v1/test/things";

  @Test
  void tellsAllThatIsWrongWithTheQueryAtOnce() {
    given()
        .get(THINGS + "?pagesize=3&colour=GREEN&cursor=a&cursor=b&x=1")
        .then()
        .statusCode(400)
        .body("code", equalTo("parameters-invalid"))
        .body("errors.pointer", containsInAnyOrder("?pagesize", "?colour", "?cursor", "?x"))
        .body("errors.detail", hasItems(containsString("did you mean 'pageSize'?")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "", "1.5", "99999999999", "0", "-3"})
  void refusesAPageSizeThatIsNone(String size) {
    given()
        .get(THINGS + "?pageSize=" + size)
        .then()
        .statusCode(400)
        .body("errors[0].pointer", equalTo("?pageSize"));
  }

  @Test
  void walksAListToItsEndAlongTheLinks() {
    List<Integer> seen = new ArrayList<>();
    String next = THINGS + "?colour=RED&pageSize=50";
    int pages = 0;
    while (next != null) {
      Response page = given().urlEncodingEnabled(false).get(next);
      seen.addAll(page.jsonPath().getList("items.number", Integer.class));
      String link = page.header("Link");
      assertThat(link == null).isEqualTo(page.jsonPath().get("next") == null);
      next = link == null ? null : link.substring(1, link.indexOf('>'));
      pages++;
    }
    assertThat(pages).isEqualTo(3);
    assertThat(seen).hasSize(120).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void capsThePageSize() {
    given().get(THINGS + "?pageSize=5000").then().body("items.size()", equalTo(120));
    given().get(THINGS).then().body("items.size()", equalTo(50));
    given().get(THINGS + "?pageSize=120").then().body("next", nullValue());
  }

  @Test
  void aCursorIsGoodForItsListOnly() {
    String cursor = given().get(THINGS + "?colour=RED").jsonPath().getString("next");
    given().get(THINGS + "?colour=RED&pageSize=2&cursor=" + cursor).then().statusCode(200);
    for (String foreign :
        List.of(
            "?colour=BLUE&cursor=" + cursor,
            "?cursor=" + cursor,
            "?colour=RED&cursor=" + cursor + "AA",
            "?colour=RED&cursor=%C3%A4",
            "?colour=RED&cursor=AAAA")) {
      given()
          .urlEncodingEnabled(false)
          .get(THINGS + foreign)
          .then()
          .statusCode(400)
          .body("code", equalTo("cursor-invalid"))
          .body("errors[0].pointer", equalTo("?cursor"));
    }
  }

  @Test
  void doesNotSendWhatTheClientHas() {
    given().get(THINGS + "/a").then().statusCode(200).header("ETag", "\"v7\"");
    for (String tags : List.of("\"v7\"", "W/\"v7\"", "*", "\"other\", \"v7\"", "\"a,b\",\"v7\"")) {
      given()
          .header("If-None-Match", tags)
          .get(THINGS + "/a")
          .then()
          .statusCode(304)
          .header("ETag", "\"v7\"");
    }
    given().header("If-None-Match", "\"v6\"").get(THINGS + "/a").then().statusCode(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "'\"v7\"'; 200; ",
        "'*'; 200; ",
        "'\"v6\", \"v7\"'; 200; ",
        "'\"v6\"'; 412; stale",
        "'W/\"v7\"'; 412; stale",
        "'v7'; 400; precondition-malformed",
        "; 428; if-match-required"
      })
  void changesOnlyWhatTheClientKnows(
      @org.jspecify.annotations.Nullable String ifMatch,
      int status,
      @org.jspecify.annotations.Nullable String code) {
    var request = given();
    if (ifMatch != null) {
      request.header("If-Match", ifMatch);
    }
    request.put(THINGS + "/a").then().statusCode(status).body("code", equalTo(code));
  }

  @Test
  void waitsAsLongAsAskedUpToAMinute() {
    given().get("/api/v1/test/wait?wait=30s").then().body("millis", equalTo(30_000));
    given()
        .header("Prefer", "respond-async, wait=10")
        .get("/api/v1/test/wait")
        .then()
        .header("Preference-Applied", "wait=10")
        .body("millis", equalTo(10_000));
    given()
        .header("Prefer", "wait=100")
        .get("/api/v1/test/wait")
        .then()
        .header("Preference-Applied", "wait=60");
    for (String wrong : List.of("61s", "2m", "abc", "-1s", "1h")) {
      given()
          .queryParam("wait", wrong)
          .get("/api/v1/test/wait")
          .then()
          .statusCode(describedAs("for " + wrong, equalTo(400)))
          .body("errors[0].pointer", equalTo("?wait"));
    }
  }
}
