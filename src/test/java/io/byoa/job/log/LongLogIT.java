package io.byoa.job.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.byoa.access.Bearer;
import io.byoa.job.Jobs;
import io.byoa.job.WrittenJobs;
import io.byoa.job.lifecycle.JobStatus;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Reading a log that is much longer than what the server should hold of it. */
@QuarkusTest
final class LongLogIT {

  private static final int CHUNKS = 480;
  private static final int LINES = 2_048;
  private static final int READERS = 4;

  /** Lines of 128 bytes; as much as one look at a busy program takes in. */
  private static final byte[] CHUNK =
      IntStream.range(0, LINES)
          .mapToObj(i -> "epoch %06d ".formatted(i) + "loss=0.25 ".repeat(12).substring(5) + "\n")
          .collect(Collectors.joining())
          .getBytes(UTF_8);

  private static @Nullable String haystack;

  @Inject WrittenJobs written;
  @Inject InstantSource time;

  private String job() {
    return written.write(JobStatus.COMPLETED, time.instant(), null);
  }

  /** A job with 120 MB of output between two lines that hold the word needle. */
  private String haystack() {
    if (haystack != null) {
      return haystack;
    }
    assertThat((long) CHUNK.length * CHUNKS).isGreaterThan(100 << 20);
    String job = job();
    written.log(job, 1, "a needle");
    written.log(job, CHUNKS, CHUNK, LINES);
    written.log(job, 1, "another NEEDLE");
    haystack = job;
    return job;
  }

  private static CompletableFuture<HttpResponse<String>> search(
      HttpClient client, String job, String query) {
    return client.sendAsync(
        HttpRequest.newBuilder(
                URI.create(
                    "http://localhost:%d%s%s/logs?%s"
                        .formatted(RestAssured.port, Jobs.JOBS, job, query)))
            .header("Authorization", "Bearer " + Bearer.adminToken())
            .header("Accept", "application/x-ndjson")
            .build(),
        BodyHandlers.ofString());
  }

  /** What the heap holds that cannot be collected, this very moment. */
  private static long live() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }

  /** Waits for the answers, but not for long. */
  private static boolean done(CompletableFuture<Void> answers) throws Exception {
    try {
      answers.get(400, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException _) {
      return false;
    }
  }

  private static CompletableFuture<Void> all(List<CompletableFuture<HttpResponse<String>>> some) {
    return CompletableFuture.allOf(some.toArray(CompletableFuture[]::new));
  }

  @Test
  void searchingForAnAbsentWordNeedsLittleMemoryHoweverLongTheLog() throws Exception {
    String job = haystack();
    try (HttpClient client = HttpClient.newHttpClient()) {
      all(searches(client, job, "search=needle&limit=1")).join();
      long before = live();
      List<CompletableFuture<HttpResponse<String>>> answers =
          searches(client, job, "search=absent");
      CompletableFuture<Void> all = all(answers);
      List<Long> held = new ArrayList<>();
      while (!done(all)) {
        held.add((live() - before) >> 20);
      }
      assertThat(answers)
          .allSatisfy(answer -> {
            assertThat(answer.join().statusCode()).isEqualTo(200);
            assertThat(answer.join().body()).isEmpty();
          });
      assertThat(held)
          .as("MB that %d searches through 120 MB each held", READERS)
          .isNotEmpty()
          .allSatisfy(megabytes -> assertThat(megabytes).isLessThan(48));
    }
  }

  private static List<CompletableFuture<HttpResponse<String>>> searches(
      HttpClient client, String job, String query) {
    return IntStream.range(0, READERS).mapToObj(i -> search(client, job, query)).toList();
  }

  @Test
  void oneAnswerHoldsAllMatchesHoweverFarApartTheyAre() {
    String job = haystack();
    long last = (long) CHUNKS * LINES + 2;
    String first = "{\"line\":1,\"text\":\"a needle\"}";
    String second = "{\"line\":%d,\"text\":\"another NEEDLE\"}".formatted(last);
    try (HttpClient client = HttpClient.newHttpClient()) {
      assertThat(search(client, job, "search=needle").join().body().lines())
          .containsExactly(first, second);
      assertThat(search(client, job, "search=needle&limit=2").join().body().lines())
          .containsExactly(first, second);
      assertThat(search(client, job, "search=needle&limit=1").join().body().lines())
          .containsExactly(first);
      assertThat(search(client, job, "search=needle&fromLine=2").join().body().lines())
          .containsExactly(second);
      assertThat(search(client, job, "tail=1").join().body().lines()).containsExactly(second);
    }
  }

  @Test
  void everyLineIsSentOnceWhereverAPieceEnds() {
    String job = job();
    int lines = 20_000;
    written.log(job, 5, "x\n".repeat(lines).getBytes(UTF_8), lines);
    written.log(job, 70, "y");
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (int from : new int[] {1, 7, lines, lines + 1, 5 * lines, 5 * lines + 3}) {
        List<String> numbers =
            search(client, job, "fromLine=" + from)
                .join()
                .body()
                .lines()
                .map(line -> line.replaceAll("\\D", ""))
                .toList();
        assertThat(numbers)
            .isEqualTo(
                IntStream.rangeClosed(from, 5 * lines + 70).mapToObj(Integer::toString).toList());
      }
    }
  }
}
