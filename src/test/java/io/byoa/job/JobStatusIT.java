package io.byoa.job;

import static io.byoa.job.Jobs.JOBS;
import static io.byoa.job.Jobs.ended;
import static io.byoa.job.Jobs.get;
import static io.byoa.job.Jobs.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.oneOf;

import io.byoa.access.Bearer;
import io.byoa.access.Role;
import io.byoa.testing.Code;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Following a job to its end, and ending it. */
@QuarkusTest
final class JobStatusIT {

  /** Runs until it is told to stop; resumes from its checkpoint when it is interrupted. */
  private static final Code PATIENT =
      Code.of("patient", "1.0.0")
          .with("checkpoints", "true")
          .with("spot", "true")
          .program(
              """
              trap 'echo stopped; exit 0' TERM
              echo "attempt after $(cat /opt/ml/checkpoints/seen 2>/dev/null || echo nothing)"
              echo something > /opt/ml/checkpoints/seen
              while :; do sleep 0.05; done
              """);

  private static final Code QUICK = Code.of("quick", "1.0.0");
  private static boolean published;

  @BeforeEach
  void publish() {
    if (!published) {
      PATIENT.published();
      QUICK.published();
      published = true;
    }
  }

  private static Response status(String job, String query, String... headers) {
    var request = Bearer.admin();
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return request.get(JOBS + job + query);
  }

  @Test
  void aLongPollAnswersWhenTheJobHasEnded() {
    String job = Jobs.accepted(QUICK, "{}");
    ended(job)
        .body("status", equalTo("Completed"))
        .body("secondaryStatus", equalTo("Completed"))
        .body("startedAt", notNullValue())
        .body("endedAt", notNullValue())
        .body("failure", nullValue())
        .body("transitions.status", hasItems("Queued", "Training", "Uploading"))
        .body("transitions.startedAt.size()", greaterThan(2))
        .body("attempts.end", contains("Completed"));
    List<Map<String, String>> steps = get(job, "").extract().path("transitions");
    for (int i = 1; i < steps.size(); i++) {
      assertThat(steps.get(i).get("startedAt")).isEqualTo(steps.get(i - 1).get("endedAt"));
    }
  }

  @Test
  void aStateThatTheClientHasIsNotSentAgain() {
    String job = Jobs.accepted(QUICK, "{}");
    String tag = ended(job).extract().header("ETag");
    assertThat(status(job, "", "If-None-Match", tag).statusCode()).isEqualTo(304);
    assertThat(status(job, "", "If-None-Match", "\"v0\"").statusCode()).isEqualTo(200);
    // An ended job does not change, so waiting for a change lasts as long as was asked.
    long began = System.nanoTime();
    assertThat(status(job, "?wait=700ms", "If-None-Match", tag).statusCode()).isEqualTo(304);
    assertThat((System.nanoTime() - began) / 1_000_000).isBetween(600L, 5_000L);
  }

  @Test
  void waitingForAChangeAnswersWhenThereIsOne() {
    String job = Jobs.accepted(PATIENT, "{}");
    Jobs.awaitOutput(job);
    Response training = status(job, "");
    String tag = training.header("ETag");
    assertThat(training.<String>path("status")).isEqualTo("InProgress");
    // Without an ETag the end is waited for, and it does not come.
    Response early = status(job, "", "Prefer", "wait=1");
    assertThat(early.header("Preference-Applied")).isEqualTo("wait=1");
    assertThat(early.<String>path("status")).isEqualTo("InProgress");
    Thread stopper = Thread.ofVirtual().start(() -> post(job, "/stop").statusCode(200));
    Response changed = status(job, "?wait=30s", "If-None-Match", early.header("ETag"));
    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(changed.header("ETag")).isNotEqualTo(tag);
    ended(job).body("status", equalTo("Stopped"));
    assertThat(stopper).isNotNull();
  }

  @Test
  void stoppingIsAskedForOnceHoweverOftenItIsAsked() {
    String job = Jobs.accepted(PATIENT, "{}");
    Jobs.awaitOutput(job);
    post(job, "/stop").statusCode(200).body("status", oneOf("Stopping", "Stopped"));
    post(job, "/stop").statusCode(200).body("status", oneOf("Stopping", "Stopped"));
    ended(job)
        .body("status", equalTo("Stopped"))
        .body("attempts.end", contains("Stopped"))
        .body("failure", nullValue());
    String tag = get(job, "").extract().header("ETag");
    post(job, "/stop").statusCode(200).body("status", equalTo("Stopped"));
    assertThat(get(job, "").extract().header("ETag")).isEqualTo(tag);
    assertThat(get(job, "/logs").extract().asString()).contains("stopped");
    Bearer.with(Bearer.token(Role.VIEWER)).post(JOBS + job + "/stop").then().statusCode(403);
    Bearer.with(Bearer.token(Role.LAUNCHER, "another"))
        .post(JOBS + job + "/stop")
        .then()
        .statusCode(403)
        .body("code", equalTo("algorithm-not-in-scope"));
  }

  @Test
  void aQueuedJobStopsWithoutEverHavingRun() {
    // Two fill the slots of this machine at least, so the last ones wait.
    List<String> jobs =
        java.util.stream.Stream.generate(() -> Jobs.accepted(PATIENT, "{}"))
            .limit(Runtime.getRuntime().availableProcessors() + 1L)
            .toList();
    String last = jobs.getLast();
    get(last, "").body("status", equalTo("Queued"));
    post(last, "/stop").statusCode(200);
    ended(last).body("status", equalTo("Stopped")).body("attempts.size()", equalTo(0));
    get(last, "/result").statusCode(200).body("files.size()", equalTo(0));
    jobs.forEach(job -> post(job, "/stop"));
    jobs.forEach(Jobs::ended);
  }

  @Test
  void anAdminTakesTheMachineAwayAndTheJobResumes() {
    String job = Jobs.accepted(PATIENT, "{}");
    Jobs.awaitOutput(job);
    for (Role role : List.of(Role.VIEWER, Role.LAUNCHER, Role.PUBLISHER)) {
      Bearer.with(Bearer.token(role)).post(JOBS + job + "/interrupt").then().statusCode(403);
    }
    post(job, "/interrupt").statusCode(200);
    org.awaitility.Awaitility.await()
        .until(() -> get(job, "/logs").extract().asString().contains("attempt after something"));
    assertThat(get(job, "/logs").extract().asString()).startsWith("attempt after nothing");
    post(job, "/stop").statusCode(200);
    ended(job)
        .body("status", equalTo("Stopped"))
        .body("attempts.number", contains(1, 2))
        .body("attempts.end", contains("Interrupted", "Stopped"))
        .body("transitions.status", hasItems("Interrupted"));
    post(job, "/interrupt").statusCode(409).body("code", equalTo("not-training"));
  }

  @Test
  void aResultIsThereWhenTheJobHasEnded() {
    String job = Jobs.accepted(PATIENT, "{}");
    for (String path : List.of("/result", "/files/model.tar.gz")) {
      get(job, path)
          .statusCode(409)
          .header("Retry-After", notNullValue())
          .body("code", equalTo("job-not-finished"))
          .body("detail", containsString("ended"));
    }
    Jobs.awaitOutput(job);
    post(job, "/stop");
    get(job, "/result?wait=30s").statusCode(200).body("status", equalTo("Stopped"));
  }

  @Test
  void whatIsNoJobIsNotFoundOnEveryRoute() {
    for (String path :
        List.of("", "/result", "/logs", "/metrics", "/events", "/files/model.tar.gz")) {
      get("01ARZ3NDEKTSV4RRFFQ69G5FAV", path)
          .statusCode(404)
          .contentType("application/problem+json")
          .body("code", equalTo("job-not-found"));
    }
    post("01ARZ3NDEKTSV4RRFFQ69G5FAV", "/stop").statusCode(404);
    post("01ARZ3NDEKTSV4RRFFQ69G5FAV", "/interrupt").statusCode(404);
  }
}
