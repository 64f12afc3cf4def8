package io.byoa.job;

import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.oneOf;

import io.byoa.access.Bearer;
import io.byoa.testing.Code;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import org.awaitility.Awaitility;

/** Training jobs through HTTP, as a client launches and follows them. */
public final class Jobs {

  public static final String JOBS = "/api/v1/jobs/";

  private Jobs() {}

  /** Launches, to whatever comes of it. */
  public static ValidatableResponse launch(Code code, String body) {
    return launch(code, "", body);
  }

  /** The same with a query. */
  public static ValidatableResponse launch(Code code, String query, String body) {
    return Bearer.admin()
        .contentType("application/json")
        .body(body)
        .post(code.path() + "/jobs" + query)
        .then()
        .log()
        .ifValidationFails();
  }

  /** Launches, and answers the job's id. */
  public static String accepted(Code code, String body) {
    return launch(code, body).statusCode(202).extract().path("id");
  }

  public static ValidatableResponse get(String job, String rest) {
    return Bearer.admin()
        .urlEncodingEnabled(false)
        .get(JOBS + job + rest)
        .then()
        .log()
        .ifValidationFails();
  }

  public static ValidatableResponse post(String job, String rest) {
    return Bearer.admin().post(JOBS + job + rest).then().log().ifValidationFails();
  }

  /** The job once it has ended, by one long poll. */
  public static ValidatableResponse ended(String job) {
    return get(job, "?wait=60s")
        .statusCode(200)
        .body("status", not(oneOf("Queued", "InProgress", "Stopping")));
  }

  /** Waits until the program has said something, so that it surely runs. */
  public static void awaitOutput(String job) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> !get(job, "/logs").extract().asString().isEmpty());
  }
}
