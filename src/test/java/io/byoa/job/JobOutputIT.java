package io.byoa.job;

import static io.byoa.job.Jobs.JOBS;
import static io.byoa.job.Jobs.ended;
import static io.byoa.job.Jobs.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.byoa.access.Bearer;
import io.byoa.job.Streams.Event;
import io.byoa.testing.Code;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a job says while it runs and after: log, metrics, events. */
@QuarkusTest
final class JobOutputIT {

  private static final Code TALKATIVE =
      Code.of("talkative", "1.0.0")
          .with(
              "metrics",
              """
              [ { "name": "loss", "regex": "loss=([0-9.]+)" }, { "name": "never", "regex": "never=(.*)" },
                { "name": "progress", "regex": "progress=([0-9.]+)" } ]
              """)
          .program(
              """
              for i in 1 2 3 4 5 6 7 8 9 10; do echo "Line $i loss=0.$i"; done
              echo 'progress=0.5'
              printf 'tab\\tand <b>é</b>\\n'
              """);

  private static final Code SLOW =
      Code.of("slow-talker", "1.0.0")
          .program("echo first; sleep 1; echo second; sleep 0.3; echo last\n");

  private static final String ALL = "/api/v1/events";

  private static @Nullable String talked;

  @BeforeEach
  void talk() {
    if (talked == null) {
      TALKATIVE.published();
      SLOW.published();
      talked = Jobs.accepted(TALKATIVE, "{}");
      ended(talked).body("status", equalTo("Completed"));
    }
  }

  private static String job() {
    return java.util.Objects.requireNonNull(talked);
  }

  @ParameterizedTest
  @CsvSource({
    "?fromLine=9&limit=2, 9:10",
    "?tail=3, 10:12",
    "?tail=3&limit=1, 10:10",
    "?tail=500, 1:12",
    "?fromLine=12, 12:12",
    "?fromLine=13, ",
    "?limit=1, 1:1",
    "?search=LINE%201, 1:10",
    "?search=line%201&tail=4, 10:10"
  })
  void sendsTheLinesThatAreAskedFor(String query, @Nullable String firstAndLast) {
    List<String> numbered =
        Bearer.admin()
            .urlEncodingEnabled(false)
            .accept("application/x-ndjson")
            .get(JOBS + job() + "/logs" + query)
            .then()
            .statusCode(200)
            .contentType("application/x-ndjson")
            .extract()
            .asString()
            .lines()
            .toList();
    if (firstAndLast == null) {
      assertThat(numbered).isEmpty();
      return;
    }
    String[] ends = firstAndLast.split(":", -1);
    assertThat(numbered.getFirst()).startsWith("{\"line\":" + ends[0] + ",");
    assertThat(numbered.getLast()).startsWith("{\"line\":" + ends[1] + ",");
    String text = get(job(), "/logs" + query).contentType("text/plain").extract().asString();
    assertThat(text.lines()).hasSameSizeAs(numbered);
  }

  @Test
  void theLogIsTheOutputByteForByte() {
    String text = get(job(), "/logs").extract().asString();
    assertThat(text).startsWith("Line 1 loss=0.1\n").endsWith("\ntab\tand <b>é</b>\n");
    assertThat(text.lines()).hasSize(12);
  }

  @ParameterizedTest
  @CsvSource({
    "?fromLine=0, ?fromLine",
    "?limit=0, ?limit",
    "?tail=-1, ?tail",
    "?fromLine=1&tail=1, ?tail",
    "?follow=yes, ?follow",
    "?from=1, ?from",
    "?limit=many, ?limit"
  })
  void refusesLinesThatCannotBeMeant(String query, String pointer) {
    get(job(), "/logs" + query)
        .statusCode(400)
        .contentType("application/problem+json")
        .body("errors[0].pointer", equalTo(pointer));
  }

  @Test
  void followingTheLogEndsWithTheJob() {
    String job = Jobs.accepted(SLOW, "{}");
    try (Stream<String> lines = Streams.open(JOBS + job + "/logs?follow=true").body()) {
      assertThat(lines).containsExactly("first", "second", "last");
    }
    get(job, "").body("status", equalTo("Completed"));
    try (Stream<String> lines = Streams.open(JOBS + job + "/logs?follow=true").body()) {
      assertThat(lines).hasSize(3);
    }
  }

  @Test
  void aLogStreamGoesOnAfterTheLineThatWasSeen() {
    String job = Jobs.accepted(SLOW, "{}");
    String logs = JOBS + job + "/logs";
    List<Event> first =
        Streams.events(logs, seen -> seen.size() == 1, "Accept", "text/event-stream");
    assertThat(first).extracting(Event::id).containsExactly("1");
    List<Event> rest =
        Streams.events(
            logs,
            all -> false,
            "Accept",
            "text/event-stream",
            "Last-Event-ID",
            first.getFirst().id());
    assertThat(rest).extracting(Event::id).containsExactly("2", "3");
    assertThat(rest).extracting(Event::name).containsOnly("line");
    assertThat(rest.getLast().data()).contains("\"text\":\"last\"");
  }

  @Test
  void eachMetricIsASeriesAndItsLastValueIsInTheStatus() {
    get(job(), "/metrics")
        .statusCode(200)
        .header("ETag", notNullValue())
        .body("metrics.name", contains("loss", "progress"))
        .body("metrics[0].points.size()", equalTo(10))
        .body("metrics[0].points.line", contains(1, 2, 3, 4, 5, 6, 7, 8, 9, 10))
        .body("metrics[0].points[4].value", equalTo(0.5f))
        .body("metrics[0].points[4].time", notNullValue());
    get(job(), "").body("metrics.loss.value", equalTo(0.1f)).body("progress.value", equalTo(0.5f));
    get(job(), "/result").body("metrics.loss", equalTo(0.1f));
  }

  @Test
  void theHistoryStreamsFromItsBeginningAndResumes() {
    String events = JOBS + job() + "/events";
    List<Event> all = Streams.events(events, seen -> false);
    assertThat(all.size()).isGreaterThan(3);
    assertThat(all.getFirst().data()).contains("\"status\":\"Queued\"");
    assertThat(all.getLast().data()).contains("\"status\":\"Completed\"");
    assertThat(all).extracting(Event::id).doesNotHaveDuplicates();
    List<Event> rest = Streams.events(events, seen -> false, "Last-Event-ID", all.get(1).id());
    assertThat(rest).isEqualTo(all.subList(2, all.size()));
    int last = Integer.parseInt(all.getLast().id());
    for (String never : List.of("x", "-1", Integer.toString(last + 1))) {
      refusesToGoOnAfter(never, events);
    }
    assertThat(Streams.events(events, seen -> false, "Last-Event-ID", Integer.toString(last)))
        .isEmpty();
    refusesToGoOnAfter(Long.MAX_VALUE + "-" + job() + "-1", ALL);
  }

  private static void refusesToGoOnAfter(String id, String events) {
    Bearer.admin()
        .header("Last-Event-ID", id)
        .get(events)
        .then()
        .statusCode(400)
        .body("code", equalTo("last-event-id-invalid"))
        .body("detail", containsString("begin anew"));
  }

  @Test
  void theStreamTellsEveryStepOfTheTimelineAndWhenItWas() {
    List<Map<String, String>> steps = get(job(), "").extract().path("transitions");
    List<JsonPath> events =
        Streams.events(JOBS + job() + "/events", seen -> false).stream()
            .map(event -> JsonPath.from(event.data()))
            .filter(event -> event.getString("type").equals("status"))
            .toList();
    assertThat(events)
        .extracting(event -> event.getString("data.secondaryStatus"))
        .containsSubsequence("Starting", "Downloading", "Training", "Uploading", "Completed");
    assertThat(events)
        .filteredOn(event -> event.getString("data.secondaryStatus").equals("Uploading"))
        .extracting(event -> event.getString("time"))
        .containsExactly(steps.getLast().get("startedAt"));
    assertThat(events.getLast().getString("time"))
        .isEqualTo(get(job(), "").extract().path("endedAt"));
  }

  @Test
  void oneStreamCarriesTheChangesOfAllJobsAndResumesWithoutLoss() {
    // Whoever comes without an id is told what happens from then on.
    CompletableFuture<List<Event>> next =
        CompletableFuture.supplyAsync(() -> Streams.events(ALL, seen -> seen.size() == 1));
    Awaitility.await()
        .pollInterval(Duration.ofMillis(200))
        .until(() -> {
          Jobs.launch(TALKATIVE, "{}").statusCode(202);
          return next.isDone();
        });
    String position = next.join().getFirst().id();
    List<String> jobs = List.of(Jobs.accepted(SLOW, "{}"), Jobs.accepted(TALKATIVE, "{}"));
    jobs.forEach(Jobs::ended);
    Map<String, List<String>> histories = new TreeMap<>();
    for (String job : jobs) {
      histories.put(
          job,
          Streams.events(JOBS + job + "/events", all -> false).stream().map(Event::data).toList());
    }
    Map<String, List<String>> seen = new TreeMap<>();
    // As a client whose connection breaks after every few events.
    while (!seen.equals(histories)) {
      List<Event> piece =
          Streams.events(
              ALL, some -> some.size() == 3 || ends(some, jobs), "Last-Event-ID", position);
      position = piece.getLast().id();
      for (Event event : piece) {
        jobs.stream()
            .filter(event.data()::contains)
            .forEach(job -> seen.computeIfAbsent(job, j -> new ArrayList<>()).add(event.data()));
      }
      seen.forEach((job, events) ->
          assertThat(histories.getOrDefault(job, List.of()))
              .startsWith(events.toArray(String[]::new)));
    }
  }

  /** Whether the last event is the end of one of these jobs, after which there may be no other. */
  private static boolean ends(List<Event> events, List<String> jobs) {
    String last = events.getLast().data();
    return last.contains("\"status\":\"Completed\"") && jobs.stream().anyMatch(last::contains);
  }

  @Test
  void aFailedJobSaysWhyAndItsResultHoldsWhatItLeft() {
    Code code =
        Code.of("failing", "1.0.0")
            .program(
                """
                echo partial > /opt/ml/model/partial.txt
                mkdir -p /opt/ml/output/data && echo 1,2 > /opt/ml/output/data/rows.csv
                echo "the third column is empty" > /opt/ml/output/failure
                exit 42
                """)
            .published();
    String job = Jobs.accepted(code, "{}");
    ended(job)
        .body("status", equalTo("Failed"))
        .body("failure.code", equalTo("program-failed"))
        .body("failure.fault", equalTo("algorithm"))
        .body("failure.exitCode", equalTo(42))
        .body("failure.detail", equalTo("the third column is empty"));
    get(job, "/result")
        .statusCode(200)
        .body("status", equalTo("Failed"))
        .body("failure.code", equalTo("program-failed"))
        .body("model.name", equalTo("model.tar.gz"))
        .body("files.path", contains("model/partial.txt", "output/rows.csv"));
    get(job, "/files/output/rows.csv").statusCode(200).body(equalTo("1,2\n"));
    Code killed = Code.of("killed", "1.0.0").program("kill -9 $$\n").published();
    ended(Jobs.accepted(killed, "{}"))
        .body("failure.code", equalTo("program-failed"))
        .body("failure.signal", equalTo("SIGKILL"))
        .body("failure.hint", containsString("memory"));
  }

  @Test
  void aTimeLimitEndsAJobAsStoppedWithAFailure() {
    Code code =
        Code.of("endless", "1.0.0")
            .program("echo begun; while :; do sleep 0.1; done\n")
            .published();
    String job = Jobs.accepted(code, "{\"stoppingCondition\": {\"maxRuntimeInSeconds\": 1}}");
    ended(job)
        .body("status", equalTo("Stopped"))
        .body("secondaryStatus", equalTo("MaxRuntimeExceeded"))
        .body("failure.code", equalTo("max-runtime-exceeded"))
        .body("failure.hint", containsString("maxRuntimeInSeconds"));
  }
}
