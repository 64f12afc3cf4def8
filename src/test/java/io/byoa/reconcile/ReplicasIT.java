package io.byoa.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.byoa.engine.LogSlice;
import io.byoa.engine.Observation;
import io.byoa.engine.Observation.End;
import io.byoa.job.Job;
import io.byoa.job.claim.FenceLostException;
import io.byoa.job.claim.Lease;
import io.byoa.job.lifecycle.Stimulus;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several replicas on one database: a job has one owner at a time, and nobody else moves it. */
@QuarkusTest
@TestProfile(SteppedByHand.class)
final class ReplicasIT extends Stepping {

  @Test
  void claimsInBatchesThatDoNotOverlap() throws Exception {
    List<String> jobs = launch(40);
    Replica a = replica("a", Map.of("batch", "5"));
    Replica b = replica("b", Map.of("batch", "5"));
    Set<String> seen = new HashSet<>();
    try (ExecutorService both = Executors.newFixedThreadPool(2)) {
      for (int i = 0; i < 12; i++) {
        List<Future<Duration>> rounds = List.of(both.submit(a::round), both.submit(b::round));
        for (Future<Duration> round : rounds) {
          round.get();
        }
      }
    }
    StandIns.fake()
        .launches()
        .forEach(order ->
            assertThat(seen.add(order.jobId())).as("launched once: " + order.name()).isTrue());
    assertThat(seen).containsExactlyInAnyOrderElementsOf(jobs);
    assertThat(column("SELECT DISTINCT owner FROM job ORDER BY 1")).containsExactly("a", "b");
    assertThat(jobs).allSatisfy(this::assertEventsAreGapless);
  }

  @Test
  void doesNotMoveWhatBelongsToAnother() {
    String job = launch();
    Replica a = replica("a");
    a.round();
    StandIns.fake().job(name(job, 1)).train();
    timePasses();
    Replica b = replica("b");
    b.hurry(name(job, 1));
    b.rounds(2);
    assertThat(owner(job)).isEqualTo("a");
    assertThat(word(job)).isEqualTo("InProgress/Starting");
  }

  @Test
  void writesNothingOnceItsLeaseRanOut() {
    String job = launch();
    Replica a = replica("a");
    a.round();
    Lease old = a.lease();
    Job before = journal.read(job).orElseThrow();
    expire(a);
    assertRefused(job, old, before);

    replica("b").round();
    assertThat(owner(job)).isEqualTo("b");
    assertRefused(job, old, journal.read(job).orElseThrow());

    // The same replica, back after a long sleep, does not take its old epoch for its own.
    a.later(Duration.ofMinutes(1));
    a.round();
    assertThat(owner(job)).isEqualTo("b");
    assertThat(a.lease().epoch()).isGreaterThan(old.epoch());
  }

  private void assertRefused(String job, Lease lease, Job before) {
    List<String> events = events(job);
    assertThatThrownBy(
            () -> journal.happened(job, lease, new Stimulus.Observed(new Observation.Unknown())))
        .isInstanceOf(FenceLostException.class);
    assertThatThrownBy(() ->
            intake.take(
                job, lease, 1, new LogSlice(0, new byte[] {'x', '\n'}, true), scanners.of(before)))
        .isInstanceOf(FenceLostException.class);
    assertThat(journal.read(job)).contains(before);
    assertThat(events(job)).isEqualTo(events);
    assertThat(one("SELECT count(*) FROM job_log WHERE job = '%s'", job)).isEqualTo("0");
  }

  @Test
  void aReplicaThatSleptThroughItsLeaseInTheMiddleOfALaunchStartsNothingTwice() {
    Replica a = replica("a");
    Replica b = replica("b");
    String job = launch();
    StandIns.beforeTheNextAnswer(() -> {
      expire(a);
      b.round();
    });
    a.round();
    assertThat(owner(job)).isEqualTo("b");
    assertThat(word(job)).isEqualTo("InProgress/Starting");
    assertThat(StandIns.fake().ledger()).hasSize(1);
    assertThat(events(job)).containsExactly("1 Queued/WaitingForSlot", "2 InProgress/Starting");
  }

  @Test
  void aLongRoundKeepsItsLease() {
    Replica a = replica("a");
    StandIns.fake()
        .whenLaunched(job -> {
          a.later(Duration.ofSeconds(12));
          sql("UPDATE lease SET expires_at = expires_at - interval '12 s'");
        });
    List<String> jobs = launch(6);
    a.round();
    assertThat(jobs).allSatisfy(job -> assertThat(word(job)).isEqualTo("InProgress/Starting"));
    assertThat(a.lease().epoch()).isEqualTo(1);
  }

  @Test
  void anEngineThatStallsDoesNotCostTheLease() {
    Replica a = replica("a");
    Replica b = replica("b");
    String running = launch();
    a.round();
    String slow = launch();
    StandIns.beforeTheNextAnswer(() -> {
      for (int i = 0; i < 4; i++) {
        passes(a, Duration.ofSeconds(12));
        a.keepsItsLease();
        timePasses();
        b.round();
      }
    });
    a.round();
    assertThat(List.of(owner(running), owner(slow))).containsExactly("a", "a");
    assertThat(word(slow)).isEqualTo("InProgress/Starting");
    assertThat(a.lease().epoch()).isEqualTo(1);
  }

  @Test
  void aReplicaThatHangsForGoodLosesItsJobs() {
    Replica a = replica("a");
    String job = launch();
    a.round();
    for (int i = 0; i < 55; i++) {
      passes(a, Duration.ofSeconds(12));
      a.keepsItsLease();
    }
    timePasses();
    replica("b").round();
    assertThat(owner(job)).isEqualTo("b");
  }

  @Test
  void aLeaseThatWasLostBesideARoundEndsTheRound() {
    Replica a = replica("a");
    StandIns.fake()
        .whenLaunched(job -> {
          a.later(Duration.ofSeconds(12));
          expire(a);
          a.keepsItsLease();
        });
    launch(2);
    a.round();
    assertThat(StandIns.fake().ledger()).as("launched before it was lost").hasSize(1);
    assertThat(a.lease().epoch()).isEqualTo(2);
  }

  /** This much time passes for a replica and for the database's leases. */
  private void passes(Replica replica, Duration time) {
    replica.later(time);
    sql(
        "UPDATE lease SET expires_at = expires_at - interval '%d s' WHERE replica = '%s'",
        time.toSeconds(), replica.name);
  }

  @Test
  void jobsOfADeadOwnerAreTakenOverWhenItsLeaseRanOutAndNotBefore() {
    Replica a = replica("a", Map.of("lease", "900ms", "renew", "300ms"));
    String job = launch();
    a.round();
    long died = System.nanoTime();
    Replica b = replica("b");
    await()
        .pollInterval(Duration.ofMillis(20))
        .atMost(Duration.ofSeconds(5))
        .until(() -> {
          timePasses();
          b.round();
          return owner(job).equals("b");
        });
    assertThat(Duration.ofNanos(System.nanoTime() - died))
        .isBetween(Duration.ofMillis(500), Duration.ofSeconds(3));
  }

  @Test
  void aLeaseHandedBackIsTakenOverAtOnce() {
    Replica a = replica("a");
    String job = launch();
    a.round();
    a.release();
    timePasses();
    replica("b").round();
    assertThat(owner(job)).isEqualTo("b");
  }

  @Test
  void jobsOfThisMachineAreNeverClaimedByAnother() {
    String job = launch();
    sql("UPDATE job SET node = 'node-of-a'");
    Replica b = replica("b");
    b.rounds(2);
    assertThat(owner(job)).isEqualTo("null");
    Replica a = replica("a");
    a.round();
    assertThat(owner(job)).isEqualTo("a");
    expire(a);
    timePasses();
    b.rounds(2);
    replica("a2").rounds(2);
    assertThat(owner(job)).as("free, for its own machine alone").isEqualTo("null");
    a.round();
    assertThat(owner(job)).isEqualTo("a");
  }

  /** R10. */
  @ParameterizedTest
  @ValueSource(ints = {90, -90})
  void aClockThatIsOffStealsNothing(int seconds) {
    Replica right = replica("right");
    Replica wrong = replica("wrong");
    List<String> jobs = launch(4);
    right.round();
    for (int i = 0; i < 5; i++) {
      timePasses();
      StandIns.clockOff(Duration.ofSeconds(seconds));
      wrong.round();
      String young = launch();
      wrong.round();
      assertThat(owner(young)).isEqualTo("wrong");
      StandIns.clockOff(Duration.ZERO);
      right.round();
    }
    assertThat(jobs).allSatisfy(job -> assertThat(owner(job)).isEqualTo("right"));
    assertThat(StandIns.fake().ledger()).hasSize(9);

    // Taken over by the one whose clock is off, a job's timeline does not run backwards.
    expire(right);
    StandIns.fake().job(name(jobs.getFirst(), 1)).train().end(new End.Succeeded());
    StandIns.clockOff(Duration.ofSeconds(seconds));
    timePasses();
    wrong.rounds(2);
    assertThat(word(jobs.getFirst())).isEqualTo("Completed/Completed");
    List<Map<String, String>> steps = status(jobs.getFirst()).getList("transitions");
    assertThat(steps)
        .allSatisfy(
            step -> assertThat(step.get("endedAt")).isGreaterThanOrEqualTo(step.get("startedAt")));
  }
}
