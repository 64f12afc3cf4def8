package io.byoa.job.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.byoa.access.Bearer;
import io.byoa.access.Role;
import io.byoa.testing.Code;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A launch that is tried again. */
@QuarkusTest
final class IdempotentLaunchIT {

  private static Response launch(String token, String path, String key, String body) {
    return Bearer.with(token)
        .contentType("application/json")
        .header("Idempotency-Key", key)
        .body(body)
        .post(path + "/jobs");
  }

  @Test
  void theSameKeyGetsTheFirstAnswerAgain() {
    Code code = Code.of("idempotent", "1.0.0").published();
    String token = Bearer.token(Role.LAUNCHER);
    Response first = launch(token, code.path(), "one", "{}");
    assertThat(first.statusCode()).isEqualTo(202);
    assertThat(first.header("Idempotency-Replayed")).isNull();
    Response again = launch(token, code.path(), "one", "{}");
    assertThat(again.statusCode()).isEqualTo(202);
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    assertThat(again.asString()).isEqualTo(first.asString());
    launch(token, code.path(), "one", "{\"spot\": false}")
        .then()
        .statusCode(422)
        .body("code", equalTo("idempotency-key-reused"));
    // Another token's key is another key.
    Response others = launch(Bearer.token(Role.LAUNCHER), code.path(), "one", "{}");
    assertThat(others.<String>path("id")).isNotEqualTo(first.path("id"));
    launch(token, code.path(), "two words", "{}").then().statusCode(400);
  }

  @Test
  void aSelectorResolvesOncePerKey() {
    Code.of("resolved-once", "1.0.0").published();
    String latest = Code.ALGORITHMS + "resolved-once/versions/latest";
    String token = Bearer.token(Role.LAUNCHER);
    String first = launch(token, latest, "k", "{}").path("id");
    Code.of("resolved-once", "1.0.1").published();
    Response again = launch(token, latest, "k", "{}");
    assertThat(again.<String>path("id")).isEqualTo(first);
    assertThat(again.<String>path("version")).isEqualTo("1.0.0");
    assertThat(launch(token, latest, "k2", "{}").<String>path("version")).isEqualTo("1.0.1");
  }

  @Test
  void aRefusalIsNotKept() {
    Code code =
        Code.of("refused-first", "1.0.0")
            .with("channels", "[{\"name\": \"training\", \"required\": true}]")
            .published();
    String body = "{\"inputs\": {\"training\": \"dataset:comes-later\"}}";
    String token = Bearer.token(Role.LAUNCHER);
    assertThat(launch(token, code.path(), "k", body).statusCode()).isEqualTo(422);
    Bearer.admin().contentType("text/csv").body("x").post("/api/v1/datasets?name=comes-later");
    assertThat(launch(token, code.path(), "k", body).statusCode()).isEqualTo(202);
  }

  @Test
  void manyAtOnceMakeOneJob() throws Exception {
    Code code = Code.of("stormed", "1.0.0").published();
    String token = Bearer.token(Role.LAUNCHER);
    try (var threads = Executors.newFixedThreadPool(12)) {
      Callable<String> launch = () -> launch(token, code.path(), "storm", "{}").path("id");
      List<String> ids =
          threads.invokeAll(Collections.nCopies(12, launch)).stream()
              .map(Future::resultNow)
              .distinct()
              .toList();
      assertThat(ids).hasSize(1).doesNotContainNull();
    }
    Bearer.admin().get("/api/v1/jobs?algorithm=stormed").then().body("items.size()", equalTo(1));
  }
}
