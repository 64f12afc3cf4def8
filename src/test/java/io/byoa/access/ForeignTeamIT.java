package io.byoa.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.agroal.api.AgroalDataSource;
import io.byoa.testing.Code;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Attack A9: another team's things, which exist, on every route that names one. */
@QuarkusTest
final class ForeignTeamIT {

  private static final String THEIRS = "theirs";
  private static @Nullable Planted planted;

  @Inject AgroalDataSource database;

  @BeforeEach
  void plantSomethingOfAnotherTeam() throws SQLException {
    if (planted != null) {
      return;
    }
    planted = Planted.plant(THEIRS);
    try (Connection connection = database.getConnection();
        Statement sql = connection.createStatement()) {
      sql.execute("alter table algorithm_version disable trigger algorithm_version_is_immutable");
      for (String table : List.of("algorithm_version", "algorithm_alias", "job")) {
        sql.execute(
            "update %s set team = 'others' where algorithm = '%s'".formatted(table, THEIRS));
      }
      sql.execute("alter table algorithm_version enable trigger algorithm_version_is_immutable");
      for (String table : List.of("algorithm", "dataset", "token")) {
        sql.execute("update %s set team = 'others' where name = '%s'".formatted(table, THEIRS));
      }
      sql.execute("update job_event set team = 'others' where job = '" + planted.job() + "'");
    }
  }

  private static Planted theirs() {
    return Objects.requireNonNull(planted);
  }

  /** A request that only its target's team can make fail. */
  private static RequestSpecification request(Routes.Route route) {
    RequestSpecification request = Bearer.admin().urlEncodingEnabled(false);
    if (route.method().equals("GET")) {
      return request;
    }
    request.header("If-Match", "*").contentType("application/json");
    return switch (route.method()) {
      case "PATCH" -> request.body("{\"status\": \"available\"}");
      case "PUT" -> request.body("{\"version\": \"1.0.0\"}");
      default -> request;
    };
  }

  @Test
  @DisplayName("A9: another team's ids are not found on any verb of any route")
  void doNotExistOnAnyRoute() {
    askEveryRoute();
  }

  private static void askEveryRoute() {
    Set<String> asked = new TreeSet<>();
    for (Routes.Route route : Routes.all()) {
      String target = route.path().replaceAll(":[^}]*}", "}");
      for (var parameter : theirs().parameters(route).entrySet()) {
        target = target.replace("{" + parameter.getKey() + "}", parameter.getValue());
      }
      boolean publishes =
          route.method().equals("PUT") && route.path().endsWith("/versions/{version}");
      if (target.equals(route.path())
          || target.contains("/test/")
          || target.contains("/templates/")
          || publishes) {
        continue;
      }
      String query = target.endsWith("/diff") ? "?with=1.0.0" : "";
      Response answer = request(route).request(route.method(), target + query);
      assertThat(answer.statusCode())
          .as("%s %s: %s", route.method(), target, answer.asString())
          .isEqualTo(404);
      asked.add(route.method() + " " + route.path());
    }
    assertThat(asked)
        .hasSizeGreaterThanOrEqualTo(28)
        .contains(
            "GET /api/v1/jobs/{job}",
            "POST /api/v1/jobs/{job}/stop",
            "POST /api/v1/jobs/{job}/interrupt",
            "PATCH /api/v1/algorithms/{algorithm}/versions/{version}",
            "PUT /api/v1/algorithms/{algorithm}/aliases/{alias}",
            "DELETE /api/v1/algorithms/{algorithm}/aliases/{alias}",
            "DELETE /api/v1/tokens/{token}");
  }

  @Test
  @DisplayName("A9: another team's things are in no list and no stream")
  void standInNoList() {
    for (String list :
        List.of(
            "/api/v1/algorithms?search=theirs",
            "/api/v1/jobs?pageSize=200",
            "/api/v1/jobs?algorithm=theirs",
            "/api/v1/datasets?search=theirs",
            "/api/v1/tokens?pageSize=200")) {
      Bearer.admin()
          .get(list)
          .then()
          .statusCode(200)
          .body(not(containsString("\"" + THEIRS + "\"")))
          .body(not(containsString(theirs().job())));
    }
    Bearer.admin()
        .contentType("application/json")
        .body("{\"inputs\": {\"training\": \"dataset:theirs\"}}")
        .post(mine().path() + "/jobs?dryRun=true")
        .then()
        .statusCode(422)
        .body("errors[0].pointer", equalTo("/inputs/training"))
        .body("detail", not(containsString("mean 'theirs'")));
    Bearer.admin()
        .get("/api/v1/algorithms/their")
        .then()
        .statusCode(404)
        .body("detail", not(containsString("theirs")));
  }

  private static Code mine() {
    Code mine = Code.of("mine", "1.0.0").with("channels", "[{\"name\": \"training\"}]");
    mine.put();
    return mine;
  }

  /** Names are unique in an installation, so this one answer has to say that it is taken. */
  @Test
  @DisplayName("A9: publishing under another team's name is refused and tells nothing else")
  void areNotPublishedOver() {
    publishOverThem();
  }

  private static void publishOverThem() {
    Code code = Code.of(THEIRS, "1.0.1").with("description", "\"Mine now.\"");
    code.put().statusCode(403).body("code", equalTo("algorithm-taken"));
    code.put("?dryRun=true")
        .statusCode(200)
        .body("publishable", equalTo(false))
        .body("problems.pointer", equalTo(List.of("/name")))
        .body("previous", nullValue())
        .body("changes", nullValue())
        .body("existing", equalTo("absent"));
    Code.of(THEIRS, "1.0.0").put("?dryRun=true").body("existing", equalTo("absent"));
  }

  @Test
  @DisplayName("A9: what was tried changed nothing of theirs")
  void stayAsTheyAre() throws SQLException {
    Map<String, String> before =
        Map.of(
            "select status from algorithm_version where algorithm = 'theirs'", "available",
            "select count(*) from algorithm_version where algorithm = 'theirs'", "1",
            "select version from algorithm_alias where algorithm = 'theirs'", "1.0.0",
            "select status from job where algorithm = 'theirs'", "Completed",
            "select count(*) from job where algorithm = 'theirs'", "1",
            "select count(*) from token where name = 'theirs' and revoked_at is null", "1");
    askEveryRoute();
    publishOverThem();
    try (Connection connection = database.getConnection();
        Statement sql = connection.createStatement()) {
      for (var row : before.entrySet()) {
        try (var result = sql.executeQuery(row.getKey())) {
          assertThat(result.next()).isTrue();
          assertThat(result.getString(1)).as(row.getKey()).isEqualTo(row.getValue());
        }
      }
    }
  }
}
