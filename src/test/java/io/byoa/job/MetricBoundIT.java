package io.byoa.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;

import io.byoa.engine.LogSlice;
import io.byoa.job.claim.Lease;
import io.byoa.job.intake.LogTaken;
import io.byoa.job.intake.MetricPoints;
import io.byoa.job.intake.MetricScanner;
import io.byoa.job.lifecycle.JobStatus;
import io.byoa.testing.Mapped;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A program may print more values than anybody can look at. */
@QuarkusTest
final class MetricBoundIT {

  private static final MetricScanner SCANNER =
      new MetricScanner(
          List.of(
              new MetricScanner.Declared("loss", "^loss=(.+)$"),
              new MetricScanner.Declared("progress", "^progress=(.+)$")));

  @Inject LockedJobs locked;
  @Inject JobRows rows;
  @Inject MetricPoints points;
  @Inject Event<LogTaken> taken;
  @Inject WrittenJobs written;
  @Inject InstantSource time;

  /** Output of one job, taken in slice by slice as the reconciler does. */
  private final class Output {

    final String job = written.write(JobStatus.IN_PROGRESS, time.instant(), null);
    final Lease lease = written.claimed(job);
    final LogIntake intake;
    Job.LogPosition position = Job.LogPosition.START;

    Output(int mostPoints) {
      Map<String, String> settings = Map.of("byoa.job.metric-points", Integer.toString(mostPoints));
      intake = new LogIntake(locked, rows, points, Mapped.of(JobConfig.class, settings), taken);
    }

    /** Takes the slice in; in how many transactions. */
    int take(String text, boolean last) {
      byte[] content = text.getBytes(UTF_8);
      long start = position.offset();
      int transactions = 0;
      while (position.offset() < start + content.length) {
        int done = (int) (position.offset() - start);
        byte[] rest = Arrays.copyOfRange(content, done, content.length);
        LogSlice slice = new LogSlice(position.offset(), rest, last);
        position =
            QuarkusTransaction.requiringNew()
                .call(() -> intake.take(job, lease, 1, slice, SCANNER));
        transactions++;
        assertThat(position.done()).isEqualTo(last && position.offset() == start + content.length);
      }
      return transactions;
    }
  }

  private static String lines(String metric, int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(i -> metric + "=" + i + "\n")
        .collect(Collectors.joining());
  }

  @Test
  void keepsTheFirstPointsOfEachMetricAndTheLastValue() {
    Output output = new Output(10);
    output.take(lines("loss", 1, 8), false);
    output.take(lines("loss", 9, 16) + "progress=0.25\n", false);
    output.take(lines("loss", 17, 21) + "progress=0.5\n", true);

    Jobs.get(output.job, "/metrics")
        .body("metrics.name", contains("loss", "progress"))
        .body("metrics[0].found", equalTo(21))
        .body("metrics[0].kept", equalTo(10))
        .body("metrics[0].points", hasSize(10))
        .body("metrics[0].points[9].value", equalTo(10f))
        .body("metrics[1].found", equalTo(2))
        .body("metrics[1].points.value", contains(0.25f, 0.5f));
    Jobs.get(output.job, "")
        .body("metrics.loss.value", equalTo(21f))
        .body("progress.value", equalTo(0.5f));
  }

  @Test
  void saysOnceInTheLogThatASeriesIsCut() {
    Output output = new Output(10);
    output.take(lines("loss", 1, 10), false);
    assertThat(log(output.job)).hasSize(10);
    output.take(lines("loss", 11, 12), false);
    output.take(lines("loss", 13, 14) + lines("progress", 1, 11), true);
    List<String> log = log(output.job);
    assertThat(log).hasSize(10 + 2 + 1 + 13 + 1);
    assertThat(log.get(12)).startsWith("[byoa] The metric 'loss' has 10 points");
    assertThat(log.getLast()).startsWith("[byoa] The metric 'progress' has 10 points");
    Jobs.get(output.job, "/metrics?name=progress")
        .body("metrics", hasSize(1))
        .body("metrics[0].points[0].line", equalTo(16));
  }

  private static List<String> log(String job) {
    return Jobs.get(job, "/logs").extract().asString().lines().toList();
  }

  @Test
  void aSliceFullOfValuesIsTakenInByTransactionsOfBoundedSizeAndReadInPages() {
    Output output = new Output(1_000_000);
    String text = "loss=1\n".repeat(37_000);
    assertThat(output.take(text, true)).isEqualTo(2);
    assertThat(log(output.job)).hasSize(37_000);

    List<Integer> read = new ArrayList<>();
    Integer next = 1;
    while (next != null) {
      JsonPath page =
          Jobs.get(output.job, "/metrics?name=loss&thin=false&maxPoints=10000&fromLine=" + next)
              .statusCode(200)
              .extract()
              .jsonPath();
      read.addAll(page.getList("metrics[0].points.line", Integer.class));
      next = page.get("metrics[0].next");
    }
    assertThat(read).isEqualTo(IntStream.rangeClosed(1, 37_000).boxed().toList());
  }

  @Test
  void aLongSeriesIsThinnedUnlessEveryPointIsAskedFor() {
    String job = written.write(JobStatus.COMPLETED, time.instant(), null);
    written.metric(job, "loss", 100_000);
    written.metric(job, "few", 900);
    JsonPath usual = Jobs.get(job, "/metrics").statusCode(200).extract().jsonPath();
    assertThat(usual.getList("metrics.name")).containsExactly("few", "loss");
    assertThat(usual.getList("metrics[0].points")).hasSize(900);
    List<Integer> kept = usual.getList("metrics[1].points.line", Integer.class);
    assertThat(kept)
        .hasSizeBetween(200, 1_000)
        .startsWith(1)
        .endsWith(100_000)
        .isSorted()
        .doesNotHaveDuplicates();
    assertThat(usual.getInt("metrics[1].kept")).isEqualTo(100_000);
    assertThat(usual.<Object>get("metrics[1].next")).isNull();

    JsonPath late =
        Jobs.get(job, "/metrics?name=loss&fromLine=99001&maxPoints=1000").extract().jsonPath();
    assertThat(late.getList("metrics[0].points")).hasSize(1_000);
    Jobs.get(job, "/metrics?thin=false&maxPoints=4")
        .body("metrics.next", hasItems(5))
        .body("metrics[1].points.value", contains(0f, 1f, 2f, 3f));
    Jobs.get(job, "/metrics?name=unseen").statusCode(200).body("metrics", hasSize(0));
  }

  @ParameterizedTest
  @CsvSource({
    "?maxPoints=3, ?maxPoints",
    "?maxPoints=10001, ?maxPoints",
    "?fromLine=0, ?fromLine",
    "?thin=no, ?thin",
    "?points=7, ?points"
  })
  void refusesPointsThatCannotBeMeant(String query, String pointer) {
    String job = written.write(JobStatus.COMPLETED, time.instant(), null);
    Jobs.get(job, "/metrics" + query).statusCode(400).body("errors[0].pointer", equalTo(pointer));
  }
}
