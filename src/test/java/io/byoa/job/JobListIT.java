package io.byoa.job;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which jobs a list shows: all conditions together, newest first. */
@QuarkusTest
final class JobListIT {

  private static final List<String> IDS = new ArrayList<>();
  private static @Nullable String requester;

  @BeforeEach
  void launchThree() {
    if (!IDS.isEmpty()) {
      return;
    }
    Code one = Code.of("filtered", "1.0.0").published();
    Code two = Code.of("filtered", "1.1.0").program("exit 3\n").published();
    String token = Bearer.token(Role.LAUNCHER);
    requester = Bearer.with(token).get("/api/v1/session").path("name");
    IDS.add(launch(token, one, "{\"tags\": {\"project\": \"x\", \"run\": \"1\"}}"));
    IDS.add(launch(token, one, "{\"tags\": {\"project\": \"x\", \"run\": \"2=2\"}}"));
    IDS.add(launch(Bearer.adminToken(), two, "{\"tags\": {\"project\": \"y\"}}"));
    IDS.forEach(Jobs::ended);
  }

  private static String launch(String token, Code code, String body) {
    return Bearer.with(token)
        .contentType("application/json")
        .body(body)
        .post(code.path() + "/jobs")
        .then()
        .statusCode(202)
        .extract()
        .path("id");
  }

  private static ValidatableResponse list(String query) {
    return Bearer.admin()
        .urlEncodingEnabled(false)
        .get("/api/v1/jobs?algorithm=filtered" + query)
        .then()
        .log()
        .ifValidationFails();
  }

  @Test
  void showsTheNewestFirst() {
    list("").statusCode(200).body("items.id", contains(IDS.get(2), IDS.get(1), IDS.get(0)));
  }

  @Test
  void everyFilterLeavesOutTheOthers() {
    list("&version=1.1.0").body("items.id", contains(IDS.get(2)));
    list("&status=Failed").body("items.id", contains(IDS.get(2)));
    list("&status=Failed,Stopped").body("items.id", contains(IDS.get(2)));
    list("&status=Completed").body("items.id", contains(IDS.get(1), IDS.get(0)));
    list("&tag=project=x").body("items.id", contains(IDS.get(1), IDS.get(0)));
    list("&tag=project=x&tag=run=2%3D2").body("items.id", contains(IDS.get(1)));
    list("&tag=project=x&tag=run=3").body("items", empty());
    list("&requester=token:" + Objects.requireNonNull(requester))
        .body("items.id", contains(IDS.get(1), IDS.get(0)));
    String second = Jobs.get(IDS.get(1), "").extract().path("createdAt");
    list("&createdAfter=" + second).body("items.id", contains(IDS.get(2), IDS.get(1)));
    list("&createdBefore=" + second).body("items.id", contains(IDS.get(0)));
    list("&createdAfter=" + second.replace("Z", "%2B00:00")).body("items.size()", equalTo(2));
    list("&version=1.0.0&status=Failed").body("items", empty());
  }

  @Test
  void pagesAreBoundToTheirFilters() {
    String link =
        list("&pageSize=1&tag=project=x")
            .header("Link", containsString("rel=\"next\""))
            .body("items.id", contains(IDS.get(1)))
            .extract()
            .header("Link");
    String next = link.substring(1, link.indexOf('>'));
    Bearer.admin()
        .urlEncodingEnabled(false)
        .get(next)
        .then()
        .statusCode(200)
        .body("items.id", contains(IDS.get(0)))
        .body("next", nullValue());
    Bearer.admin()
        .urlEncodingEnabled(false)
        .get(next.replace("project", "other"))
        .then()
        .statusCode(400)
        .body("code", equalTo("cursor-invalid"));
    assertThat(next).contains("tag=project");
  }

  @ParameterizedTest
  @CsvSource({
    "status=Complete, ?status, did you mean 'Completed'?",
    "tag=project, ?tag, name=value",
    "createdAfter=yesterday, ?createdAfter, 2027-01-31",
    "statuss=Failed, ?statuss, did you mean 'status'?",
    "version=latest, ?version, not an exact version",
    "requester=, ?requester, leave it out",
    "pageSize=0, ?pageSize, 1 or more"
  })
  void refusesAFilterThatCannotBeMeant(String query, String pointer, String hint) {
    list("&" + query)
        .statusCode(400)
        .body("code", equalTo("parameters-invalid"))
        .body("errors[0].pointer", equalTo(pointer))
        .body("errors[0].detail", containsString(hint));
  }
}
