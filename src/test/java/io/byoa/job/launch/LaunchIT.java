package io.byoa.job.launch;

import static io.byoa.job.Jobs.launch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
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
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a launch takes, completes and refuses; nearly all of it rehearsed by {@code ?dryRun}. */
@QuarkusTest
final class LaunchIT {

  private static boolean published;

  private static final String DRY = "?dryRun=true";

  private static final Code CODE =
      Code.of("launched", "1.0.0")
          .with(
              "hyperParameters",
              """
              { "type": "object",
                "properties": {
                  "epochs": { "type": "integer", "minimum": 1, "maximum": 10, "default": 3 },
                  "rate": { "type": "number", "exclusiveMinimum": 0, "default": 0.10 },
                  "mode": { "enum": ["fast", "exact"], "default": "fast" },
                  "layers": { "type": "array", "items": { "type": "integer" }, "maxItems": 3 } } }
              """)
          .with(
              "channels",
              """
              [ { "name": "training", "required": false }, { "name": "extra", "required": false } ]
              """)
          .with("spot", "true")
          .with(
              "stoppingCondition", "{\"maxRuntimeInSeconds\": 60, \"maxWaitTimeInSeconds\": 120}");

  private static final Code NEEDY =
      Code.of("launched", "2.0.0")
          .with("channels", "[{ \"name\": \"training\", \"required\": true }]")
          .with(
              "hyperParameters",
              """
              { "type": "object", "required": ["target"],
                "properties": { "target": { "type": "string", "minLength": 2 } } }
              """);

  @BeforeEach
  void publish() {
    if (!published) {
      CODE.published();
      NEEDY.published();
      published = true;
    }
  }

  @Test
  void completesWhatIsAbsentFromTheDescriptor() {
    launch(CODE, DRY, "{}")
        .statusCode(200)
        .header("Content-Location", CODE.path())
        .body("dryRun", equalTo(true))
        .body("version", equalTo("1.0.0"))
        .body("engine", equalTo("local"))
        .body("hyperParameters.epochs", equalTo(3))
        .body("hyperParameters.mode", equalTo("fast"))
        .body("resources.instanceType", equalTo("ml.m5.large"))
        .body("resources.instanceCount", equalTo(1))
        .body("stoppingCondition.maxRuntimeInSeconds", equalTo(60))
        .body("stoppingCondition.maxWaitTimeInSeconds", equalTo(120))
        .body("spot", equalTo(true))
        .body("inputs.size()", equalTo(0))
        .body("notices", empty());
  }

  @Test
  void keepsTheTextOfNumbers() {
    String plan =
        launch(CODE, DRY, "{\"hyperParameters\": {\"epochs\": 5.0, \"rate\": 1.50e-3}}")
            .statusCode(200)
            .extract()
            .asString();
    assertThat(plan).contains("\"epochs\":5,", "\"rate\":1.50e-3");
    assertThat(launch(CODE, DRY, "{}").extract().asString()).contains("\"rate\":0.10");
  }

  @Test
  void refusesAllThatBreaksTheVersionsRulesAtOnce() {
    launch(
            CODE,
            """
            { "hyperParameters": { "epochs": 0, "rate": "x", "mode": "fats", "layers": [1, "b", 2, 3],
                                   "epoch": 1 },
              "inputs": { "trianing": "dataset:x", "training": "dataset:no-such" , "extra": "ftp://x/y" },
              "resources": { "instanceType": "ml.m5.lrage" },
              "stoppingCondition": { "maxRuntimeInSeconds": 60, "maxWaitTimeInSeconds": 10 },
              "engine": "lokal" }
            """)
        .statusCode(422)
        .contentType("application/problem+json")
        .body("code", equalTo("launch-invalid"))
        .body(
            "errors.pointer",
            hasItems(
                "/hyperParameters/epochs",
                "/hyperParameters/rate",
                "/hyperParameters/mode",
                "/hyperParameters/layers",
                "/hyperParameters/layers/1",
                "/hyperParameters/epoch",
                "/inputs/trianing",
                "/inputs/training",
                "/inputs/extra",
                "/resources/instanceType",
                "/stoppingCondition/maxWaitTimeInSeconds",
                "/engine"))
        .body(
            "errors.detail",
            hasItems(
                containsString("did you mean 'epochs'?"),
                containsString("did you mean 'training'?"),
                containsString("did you mean 'ml.m5.large'?"),
                containsString("did you mean 'local'?")));
    launch(NEEDY, "{}")
        .statusCode(422)
        .body("errors.pointer", containsInAnyOrder("/hyperParameters/target", "/inputs/training"));
  }

  @Test
  void tellsOfShapeAndRulesInOneAnswer() {
    launch(
            NEEDY,
            """
            { "hyperParameters": { "target": "x", "no-such": 1 }, "hyperparameters": {},
              "inputs": { "training": 5, "elsewhere": "dataset:x" },
              "resources": { "instanceCount": "two", "instanceType": "ml.nope" }, "engine": "lokal" }
            """)
        .statusCode(422)
        .body("code", equalTo("launch-invalid"))
        .body(
            "errors.pointer",
            containsInAnyOrder(
                "/hyperparameters",
                "/inputs/training",
                "/resources/instanceCount",
                "/hyperParameters/target",
                "/hyperParameters/no-such",
                "/inputs/elsewhere",
                "/engine"));
  }

  @Test
  void refusesFieldsThatNobodyKnows() {
    launch(
            CODE,
            """
            { "hyperparameters": {}, "resources": { "instanceTyp": "x" }, "stoppingCondition": { "max": 1 },
              "inputs": { "training": { "url": "dataset:x" } }, "spot": "yes", "tags": { "a": 1 } }
            """)
        .statusCode(422)
        .body("code", equalTo("body-invalid"))
        .body(
            "errors.pointer",
            containsInAnyOrder(
                "/hyperparameters",
                "/resources/instanceTyp",
                "/stoppingCondition/max",
                "/inputs/training/uri",
                "/inputs/training/url",
                "/spot",
                "/tags/a"))
        .body(
            "errors.detail",
            hasItems(
                containsString("did you mean 'hyperParameters'?"),
                containsString("did you mean 'instanceType'?"),
                containsString("did you mean 'uri'?")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"resources\": {\"instanceCount\": 0}}         | /resources/instanceCount",
        "{\"resources\": {\"volumeSizeInGB\": 99999}}    | /resources/volumeSizeInGB",
        "{\"stoppingCondition\": {\"maxRuntimeInSeconds\": 0}} | /stoppingCondition/maxRuntimeInSeconds",
        "{\"stoppingCondition\": {\"maxRuntimeInSeconds\": 9999999}} | /stoppingCondition/maxRuntimeInSeconds",
        "{\"stoppingCondition\": {\"maxRuntimeInSeconds\": 1.5}} | /stoppingCondition/maxRuntimeInSeconds",
        "{\"spot\": false, \"stoppingCondition\": {\"maxWaitTimeInSeconds\": 100}} | /stoppingCondition/maxWaitTimeInSeconds",
        "{\"hyperParameters\": []}                       | /hyperParameters",
        "{\"inputs\": {\"training\": 1}}                 | /inputs/training",
        "{\"inputs\": {\"training\": {\"uri\": \"dataset:x\", \"inputMode\": \"fast\"}}} | /inputs/training/inputMode",
        "{\"tags\": {\"aws:x\": \"1\"}}                  | /tags/aws:x",
        "{\"tags\": {\"\": \"1\"}}                       | /tags/"
      })
  void refuses(String body, String pointer) {
    launch(CODE, DRY, body).statusCode(422).body("errors.pointer", contains(pointer));
  }

  @Test
  void takesWhatTheInstallationAndTheVersionAllow() {
    launch(
            CODE,
            DRY,
            """
            { "resources": { "instanceType": "ml.c5.xlarge", "volumeSizeInGB": 20 },
              "stoppingCondition": { "maxRuntimeInSeconds": 600, "maxWaitTimeInSeconds": 700 },
              "spot": true, "engine": "local", "tags": { "project": "x", "Größe/1": "a b" } }
            """)
        .statusCode(200)
        .body("resources.instanceType", equalTo("ml.c5.xlarge"))
        .body("resources.volumeSizeInGB", equalTo(20))
        .body("stoppingCondition.maxWaitTimeInSeconds", equalTo(700))
        .body("tags.project", equalTo("x"));
    launch(CODE, DRY, "{\"spot\": false}")
        .body("spot", equalTo(false))
        .body("stoppingCondition.maxWaitTimeInSeconds", nullValue());
    launch(CODE, DRY, "{\"stoppingCondition\": {\"maxRuntimeInSeconds\": 500}}")
        .body("stoppingCondition.maxWaitTimeInSeconds", equalTo(500));
  }

  @Test
  void saysClearlyWhatTheLocalEngineCannotDo() {
    launch(CODE, DRY, "{\"inputs\": {\"training\": \"s3://bucket/prefix/\"}}")
        .statusCode(409)
        .body("code", equalTo("s3-not-available"))
        .body("detail", containsString("Upload the data as a dataset"));
    launch(CODE, DRY, "{\"resources\": {\"instanceCount\": 2}}")
        .statusCode(409)
        .body("code", equalTo("one-machine-only"))
        .body("detail", containsString("instanceCount to 1"));
    launch(CODE, DRY, "{\"inputs\": {\"training\": \"file:///etc/\"}}")
        .statusCode(422)
        .body("errors.pointer", contains("/inputs/training"))
        .body("detail", allOf(containsString("datasets"), containsString("FILE_ROOTS")));
  }

  @Test
  void resolvesTheNameOfADatasetAndRecordsWhatItMeant() {
    String reference =
        Bearer.admin()
            .contentType("text/csv")
            .body("1,2\n")
            .post("/api/v1/datasets?name=launch-input")
            .then()
            .extract()
            .path("reference");
    launch(CODE, DRY, "{\"inputs\": {\"training\": \"dataset:launch-input\"}}")
        .statusCode(200)
        .body("inputs.training", equalTo(reference));
    launch(
            CODE,
            DRY,
            "{\"inputs\": {\"training\": {\"uri\": \""
                + reference
                + "\", \"contentType\": \"text/csv\"}}}")
        .statusCode(200)
        .body("inputs.training.uri", equalTo(reference));
    launch(CODE, DRY, "{\"inputs\": {\"training\": \"dataset:launch-imput\"}}")
        .statusCode(422)
        .body("errors[0].pointer", equalTo("/inputs/training"))
        .body("errors[0].detail", containsString("did you mean 'launch-input'?"));
  }

  @Test
  void spotWithoutCheckpointsMayRunForAnHourAtMost() {
    Code lossy = Code.of("launched-lossy", "1.0.0");
    lossy.published();
    String spot = "{\"spot\": true, \"stoppingCondition\": {\"maxRuntimeInSeconds\": %d}}";
    launch(lossy, DRY, spot.formatted(3600))
        .statusCode(200)
        .body("stoppingCondition.maxWaitTimeInSeconds", equalTo(7200));
    launch(lossy, DRY, spot.formatted(3601))
        .statusCode(422)
        .body("errors.pointer", contains("/stoppingCondition/maxRuntimeInSeconds"))
        .body("errors[0].detail", containsString("saves no checkpoints"));
  }

  @Test
  void saysOfNumbersThatAreNoneOnlyWhatTheCallerCanDo() {
    launch(CODE, DRY, "{\"hyperParameters\": {\"rate\": NaN}}")
        .statusCode(400)
        .body("detail", containsString("NaN"))
        .body("detail", not(containsString("Feature")));
  }

  @Test
  void aDryRunLaunchesNothing() {
    launch(CODE, DRY, "{\"tags\": {\"dry\": \"run\"}}").statusCode(200);
    Bearer.admin().get("/api/v1/jobs?tag=dry=run").then().body("items", empty());
  }

  @Test
  void answersTheJobAndWhereToLookNext() {
    launch(CODE, "{\"tags\": {\"a\": \"b\"}}")
        .statusCode(202)
        .header("Location", matchesPattern(".*/api/v1/jobs/[0-9A-Z]{26}"))
        .header("Retry-After", matchesPattern("[1-9]\\d*"))
        .header("Content-Location", CODE.path())
        .body("id", matchesPattern("[0-9A-Z]{26}"))
        .body("status", equalTo("Queued"))
        .body("secondaryStatus", equalTo("WaitingForSlot"))
        .body("requester", equalTo("token:admin"))
        .body("transitions.status", hasItem("Queued"))
        .body("links.self", matchesPattern("/api/v1/jobs/[0-9A-Z]{26}"))
        .body("startedAt", nullValue());
  }

  @Test
  void takesNoBodyAtAll() {
    Bearer.admin().noContentType().post(CODE.path() + "/jobs" + DRY).then().statusCode(200);
    Bearer.admin()
        .contentType("application/json")
        .post(CODE.path() + "/jobs" + DRY)
        .then()
        .statusCode(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"spot\": tru}            | 400 | malformed-json",
        "{\"spot\": true} x         | 400 | malformed-json",
        "{\"spot\": true, \"spot\": false} | 400 | malformed-json",
        "[]                         | 422 | body-invalid",
        "\"x\"                      | 422 | body-invalid"
      })
  void refusesABodyThatIsNoJsonObject(String body, int status, String code) {
    launch(CODE, DRY, body).statusCode(status).body("code", equalTo(code));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/xml"})
  void refusesABodyOfAnotherType(String type) {
    Bearer.admin()
        .contentType(type)
        .body("{}")
        .post(CODE.path() + "/jobs" + DRY)
        .then()
        .statusCode(415)
        .body("code", equalTo("unsupported-media-type"));
  }

  @Test
  void onlyLaunchersLaunchAndOnlyWhatTheyMay() {
    for (String token :
        java.util.List.of(Bearer.token(Role.VIEWER), Bearer.token(Role.LAUNCHER, "another"))) {
      Bearer.with(token)
          .contentType("application/json")
          .body("{}")
          .post(CODE.path() + "/jobs" + DRY)
          .then()
          .statusCode(403);
    }
    Bearer.with(Bearer.token(Role.LAUNCHER, "launched"))
        .contentType("application/json")
        .body("{}")
        .post(CODE.path() + "/jobs" + DRY)
        .then()
        .statusCode(200);
  }

  @Test
  void saysWhatAnInputMayBe() {
    launch(NEEDY, "{\"inputs\": {\"training\": 5}}")
        .statusCode(422)
        .body(
            "errors.find { it.pointer == '/inputs/training' }.detail",
            equalTo(
                "Expected a string such as \"dataset:name\", or an object with a 'uri'; found number 5."));
    for (String type : List.of("a".repeat(257), "a\\u0007", "a\\u0000")) {
      launch(
              NEEDY,
              "{\"inputs\": {\"training\": {\"uri\": \"dataset:x\", \"contentType\": \"%s\"}}}"
                  .formatted(type))
          .statusCode(422)
          .body("errors.pointer", hasItems("/inputs/training/contentType"));
    }
  }
}
