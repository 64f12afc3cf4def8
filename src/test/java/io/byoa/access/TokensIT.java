package io.byoa.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@QuarkusTest
final class TokensIT {

  private static final String TOKENS = "/api/v1/tokens";
  private static final String DOORS = "/api/v1/test/doors/";

  @Inject AgroalDataSource database;
  @Inject LastUse lastUse;

  @ParameterizedTest
  @EnumSource
  void aRoleOpensItsDoorAndThoseBelow(Role role) {
    String token = Bearer.token(role);
    for (Role door : Role.values()) {
      ValidatableResponse answer = Bearer.with(token).get(DOORS + door.word()).then();
      if (role.covers(door)) {
        answer.statusCode(200).body(containsString("token:test-"));
      } else {
        answer
            .statusCode(403)
            .body("code", equalTo("role-needed"))
            .body("detail", containsString("'" + door.word() + "'"));
      }
    }
  }

  @Test
  void showsTheSecretOnceAndStoresItNowhere() throws SQLException {
    ValidatableResponse created =
        create(Map.of("name", "shown-once", "role", "viewer", "kind", "ci", "expiresIn", "90d"))
            .statusCode(201)
            .header("Cache-Control", "no-store")
            .body("token", containsString("byoa_ci_"))
            .body("createdBy", equalTo("token:admin"))
            .body("expiresAt", notNullValue());
    String secret = created.extract().path("token");
    String id = created.extract().path("id");
    Bearer.admin()
        .get(TOKENS)
        .then()
        .body("items.id", hasItem(id))
        .body(not(containsString(secret)))
        .body(not(containsString("digest")));
    Bearer.admin().get("/api/v1/audit").then().body(not(containsString(secret)));
    for (String table : List.of("token", "browser_session", "audit_event", "idempotency")) {
      assertThat(rows("select t::text from " + table + " t"))
          .noneMatch(row -> row.contains(secret.substring(8)));
    }
  }

  @Test
  void tellsEverythingThatIsWrongWithATokenAtOnce() {
    create(
            Map.of(
                "name", "Not a name",
                "role", "adminn",
                "kind", "adm",
                "algorithms", List.of("ok", "../x"),
                "expiresAt", "2020-01-01T00:00:00Z",
                "expiresIn", "forever",
                "scope", "all"))
        .statusCode(422)
        .body(
            "errors.pointer",
            containsInAnyOrder(
                "/name", "/role", "/kind", "/algorithms/1", "/expiresAt", "/expiresIn", "/scope"))
        .body("errors.detail", hasItem(containsString("did you mean 'admin'?")));
    create(Map.of("name", "x", "role", "admin", "algorithms", List.of("iris-tree")))
        .statusCode(422)
        .body("errors.pointer", equalTo(List.of("/algorithms")));
  }

  @Test
  void oneNameIsOneTokenAtATime() throws SQLException {
    String first = create(Map.of("name", "rotated", "role", "viewer")).extract().path("id");
    create(Map.of("name", "rotated", "role", "viewer"))
        .statusCode(409)
        .body("code", equalTo("token-exists"));
    Bearer.admin().delete(TOKENS + "/" + first).then().statusCode(204);
    String second =
        create(Map.of("name", "rotated", "role", "viewer")).statusCode(201).extract().path("id");
    execute(
        "update token set expires_at = now() - interval '1 second' where id = '" + second + "'");
    create(Map.of("name", "rotated", "role", "viewer")).statusCode(201);
  }

  @Test
  void aRevokedTokenIsRefusedAtOnceThoughItWasJustUsed() {
    ValidatableResponse created = create(Map.of("name", "revoked", "role", "viewer"));
    String secret = created.extract().path("token");
    String id = created.extract().path("id");
    Bearer.with(secret).get(DOORS + "viewer").then().statusCode(200);
    Bearer.admin().delete(TOKENS + "/" + id).then().statusCode(204);
    Bearer.with(secret)
        .get(DOORS + "viewer")
        .then()
        .statusCode(401)
        .body("code", equalTo("token-unknown"));
    Bearer.admin().delete(TOKENS + "/" + id).then().statusCode(204);
    Bearer.admin()
        .get("/api/v1/audit?action=token.revoked&thing=revoked")
        .then()
        .body("items", hasSize(1));
  }

  @Test
  void anExpiredTokenIsRefused() throws SQLException {
    ValidatableResponse created = create(Map.of("name", "expiring", "role", "viewer"));
    execute(
        "update token set expires_at = now() - interval '1 second' where id = '"
            + created.extract().path("id")
            + "'");
    Bearer.with(created.extract().path("token")).get(DOORS + "viewer").then().statusCode(401);
  }

  @Test
  void aMistypedTokenIsToldFromAnUnknownOne() {
    String unknown = Token.generate(Token.Kind.PAT).secret();
    Bearer.with(unknown)
        .get(DOORS + "viewer")
        .then()
        .statusCode(401)
        .body("code", equalTo("token-unknown"));
    Bearer.with(unknown.substring(1))
        .get(DOORS + "viewer")
        .then()
        .statusCode(401)
        .body("code", equalTo("token-malformed"));
  }

  @Test
  @DisplayName("A9: another team's tokens do not exist")
  void anotherTeamsTokensDoNotExist() throws SQLException {
    String id = create(Map.of("name", "of-others", "role", "viewer")).extract().path("id");
    execute("update token set team = 'others' where id = '" + id + "'");
    Bearer.admin()
        .delete(TOKENS + "/" + id)
        .then()
        .statusCode(404)
        .body("code", equalTo("no-such-token"));
    Bearer.admin().get(TOKENS + "?pageSize=200").then().body("items.id", not(hasItem(id)));
    assertThat(rows("select revoked_at::text from token where id = '" + id + "'"))
        .containsExactly("null");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ADMIN")
  void onlyAdminsSeeOrMakeTokens(Role role) {
    String token = Bearer.token(role);
    Bearer.with(token).get(TOKENS).then().statusCode(403);
    Bearer.with(token).get("/api/v1/audit").then().statusCode(403);
    Bearer.with(token)
        .contentType("application/json")
        .body(Map.of("name", "x", "role", "viewer"))
        .post(TOKENS)
        .then()
        .statusCode(403);
  }

  @Test
  void aTokenForSomeAlgorithmsChangesNoOther() {
    String token = Bearer.token(Role.LAUNCHER, "iris-tree");
    Bearer.with(token).post(DOORS + "algorithms/iris-tree").then().statusCode(200);
    Bearer.with(token)
        .post(DOORS + "algorithms/nile")
        .then()
        .statusCode(403)
        .body("code", equalTo("algorithm-not-in-scope"))
        .body("detail", containsString("iris-tree"));
    Bearer.with(token)
        .get("/api/v1/session")
        .then()
        .body("algorithms", equalTo(List.of("iris-tree")));
  }

  @Test
  void writesTheLastUseTogetherAndNotInTheRequest() {
    String id = create(Map.of("name", "used", "role", "viewer")).extract().path("id");
    String other = Bearer.token(Role.VIEWER);
    Bearer.with(other).get(DOORS + "viewer");
    String last = "items.find { it.id == '" + id + "' }.lastUsedAt";
    Bearer.admin().get(TOKENS).then().body(last, nullValue());
    lastUse.note(id);
    Bearer.admin().get(TOKENS).then().body(last, nullValue());
    lastUse.runOnce();
    Bearer.admin().get(TOKENS).then().body(last, notNullValue());
  }

  /** With the table locked away, whoever asked the database would wait. */
  @Test
  void aTokenInUseIsKnownWithoutAskingTheDatabase() throws SQLException {
    String token = Bearer.token(Role.VIEWER);
    Bearer.with(token).get(DOORS + "viewer").then().statusCode(200);
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("lock table token, browser_session in access exclusive mode");
      for (int i = 0; i < 20; i++) {
        Bearer.with(token).get(DOORS + "viewer").then().statusCode(200).time(lessThan(2_000L));
      }
      connection.rollback();
    }
  }

  @Test
  void pagesThroughTheListTheNewestFirst() {
    for (int i = 0; i < 3; i++) {
      Bearer.token(Role.VIEWER);
    }
    List<String> ids = new ArrayList<>();
    String cursor = null;
    do {
      var page =
          (cursor == null ? Bearer.admin() : Bearer.admin().queryParam("cursor", cursor))
              .queryParam("pageSize", 2)
              .get(TOKENS);
      ids.addAll(page.jsonPath().getList("items.id", String.class));
      cursor = page.jsonPath().getString("next");
    } while (cursor != null);
    assertThat(ids).doesNotHaveDuplicates().isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(ids)
        .hasSize(
            Integer.parseInt(
                rows("select count(*)::text from token where team = 'default'").getFirst()));
  }

  @Test
  void theAuditIsWrittenWithTheEffectOrNotAtAll() throws SQLException {
    Bearer.admin().post(DOORS + "algorithms/kept").then().statusCode(200);
    Bearer.admin().post(DOORS + "algorithms/rolled-back").then().statusCode(500);
    Bearer.admin()
        .get("/api/v1/audit?action=test.knocked&actor=token:admin")
        .then()
        .statusCode(200)
        .body("items.thing", hasItem("kept"))
        .body("items.thing", not(hasItem("rolled-back")))
        .body("items[0].details.times", equalTo(1));
    assertThat(rows("select count(*)::text from audit_event")).isNotEqualTo(List.of("0"));
    for (String change :
        List.of(
            "update audit_event set actor = 'x'",
            "delete from audit_event",
            "truncate audit_event")) {
      assertThatThrownBy(() -> execute(change)).hasMessageContaining("append-only");
    }
  }

  @ParameterizedTest
  @DisplayName("A10: there are no default credentials")
  @CsvSource({
    "admin,admin",
    "admin,password",
    "admin,''",
    "byoa,byoa",
    "quarkus,quarkus",
    "root,root"
  })
  void thereAreNoDefaultCredentials(String user, String password) {
    given().auth().preemptive().basic(user, password).get(TOKENS).then().statusCode(401);
    given().auth().preemptive().oauth2(password).get(TOKENS).then().statusCode(401);
    given()
        .contentType("application/json")
        .body(Map.of("token", password))
        .post("/api/v1/session")
        .then()
        .statusCode(401);
  }

  private static ValidatableResponse create(Map<String, ?> body) {
    return Bearer.admin().contentType("application/json").body(body).post(TOKENS).then();
  }

  private List<String> rows(String query) {
    List<String> rows = new ArrayList<>();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        var result = statement.executeQuery(query)) {
      while (result.next()) {
        rows.add(String.valueOf(result.getString(1)));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return rows;
  }

  private void execute(String change) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(change);
    }
  }

  @Test
  void aTokensAddressLeadsToIt() {
    ValidatableResponse created =
        create(Map.of("name", "addressed", "role", "viewer")).statusCode(201);
    String id = created.extract().path("id");
    String address = created.extract().header("Location");
    assertThat(address).isEqualTo(TOKENS + "/" + id);
    Bearer.admin()
        .get(address)
        .then()
        .statusCode(200)
        .body("name", equalTo("addressed"))
        .body("$", not(hasKey("token")));
    Bearer.admin().get(TOKENS + "/nobody").then().statusCode(404);
    Bearer.with(Bearer.token(Role.PUBLISHER)).get(address).then().statusCode(403);
  }

  @Test
  void tellsTheRangeOfATimeSpan() {
    for (String span : List.of("0d", "36501d", "99999999999d")) {
      create(Map.of("name", "spanned", "role", "viewer", "expiresIn", span))
          .statusCode(422)
          .body("errors[0].detail", containsString("1 to 36500"));
    }
    create(Map.of("name", "spanned", "role", "viewer", "expiresAt", "+99999-01-01T00:00:00Z"))
        .statusCode(422);
    create(Map.of("name", "spanned", "role", "viewer", "description", "\0"))
        .statusCode(422)
        .body("errors[0].pointer", equalTo("/description"));
  }
}
