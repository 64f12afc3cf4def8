package io.byoa.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.byoa.engine.FakeEngine;
import io.byoa.engine.FakeEngine.Trouble;
import io.byoa.engine.Fault;
import io.byoa.engine.LaunchAnswer;
import io.byoa.engine.LaunchAnswer.Shortage;
import io.byoa.engine.LaunchName;
import io.byoa.engine.Observation.End;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What one replica makes of what engines answer, and in which order it launches. */
@QuarkusTest
@TestProfile(SteppedByHand.class)
final class ReconcilerIT extends Stepping {

  private static final LaunchAnswer FULL =
      new LaunchAnswer.Deferred(Shortage.SLOT, "Waiting for one of the 2 slots of this machine.");

  @Test
  void movesAJobFromItsLaunchToItsResult() {
    StandIns.fake().whenLaunched(job -> job.train().print("step=7\n").end(new End.Succeeded()));
    String job = launch();
    replica("a").rounds(3);
    assertThat(word(job)).isEqualTo("Completed/Completed");
    assertThat(status(job).getFloat("metrics.step.value")).isEqualTo(7);
    assertThat(events(job))
        .containsExactly(
            "1 Queued/WaitingForSlot",
            "2 InProgress/Starting",
            "3 InProgress/Training", // gone through between two looks
            "4 Completed/Completed");
    assertThat(StandIns.fake().known()).isEmpty();
  }

  @Test
  void anotherLaunchContinuesTheLogOfTheFirst() {
    StandIns.fake()
        .whenLaunched(job -> {
          job.train().print("launch " + job.order().launch() + "\n");
          job.end(
              job.order().launch() == 1
                  ? new End.Failed(new Fault(Fault.Code.PLATFORM_ERROR, "The disk is gone."))
                  : new End.Succeeded());
        });
    String job = launch();
    Replica replica = replica("a");
    replica.rounds(3);
    timePasses();
    replica.rounds(3);
    assertThat(word(job)).isEqualTo("Completed/Completed");
    assertThat(log(job)).isEqualTo("launch 1\nlaunch 2\n");
  }

  @Test
  void aRetryWaitsAndHoldsUpNobody() {
    StandIns.fake()
        .whenLaunched(job -> {
          if (job.order().launch() == 1) {
            job.end(new End.Failed(new Fault(Fault.Code.PLATFORM_ERROR, "The disk is gone.")));
          }
        });
    String job = launch();
    Replica replica = replica("a");
    replica.rounds(2);
    assertThat(word(job)).isEqualTo("Queued/WaitingForRetry");
    assertThat(one("SELECT due_at > now() + interval '5 s' FROM job WHERE id = '%s'", job))
        .isEqualTo("t");
    StandIns.fake().whenLaunched(next -> {});
    String young = launch();
    replica.rounds(2);
    assertThat(word(young)).isEqualTo("InProgress/Starting");
    assertThat(word(job)).as("not yet").isEqualTo("Queued/WaitingForRetry");
    timePasses();
    replica.rounds(2);
    assertThat(word(job)).isEqualTo("InProgress/Starting");
  }

  @Test
  void tellsAWaitOnceHoweverOftenItLooks() {
    for (int i = 0; i < 10; i++) {
      StandIns.fake().answer(FULL);
    }
    String job = launch();
    Replica replica = replica("a");
    replica.round();
    String etag = one("SELECT revision FROM job WHERE id = '%s'", job);
    for (int i = 0; i < 5; i++) {
      timePasses();
      replica.round();
    }
    assertThat(one("SELECT revision FROM job WHERE id = '%s'", job)).isEqualTo(etag);
    assertThat(events(job)).containsExactly("1 Queued/WaitingForSlot", "2 Queued/WaitingForSlot");
  }

  @Test
  void nobodyOvertakesOnAFullEngineAndOtherEnginesDoNotWait() {
    StandIns.fake().answer(FULL);
    List<String> line = launch(3);
    String elsewhere = launch("{\"engine\":\"other\"}");
    Replica replica = replica("a");
    replica.round();
    assertThat(line).allSatisfy(job -> assertThat(word(job)).isEqualTo("Queued/WaitingForSlot"));
    assertThat(word(elsewhere)).isEqualTo("InProgress/Starting");
    assertThat(status(line.get(1)).getString("statusMessage"))
        .isEqualTo("Waiting for a slot; jobs accepted earlier go first.");

    // A slot is free, a younger job comes, and only the younger one is due.
    String young = launch();
    replica.round();
    assertThat(launchedOn(StandIns.fake())).containsExactlyElementsOf(with(line, young));
  }

  @Test
  void aTypeThatIsShortHoldsUpNoOther() {
    StandIns.fake().answer(new LaunchAnswer.Deferred(Shortage.QUOTA, "Quota of 0 instances."));
    String first = launch();
    String sameType = launch();
    String otherType = launch("{\"resources\":{\"instanceType\":\"ml.c5.xlarge\"}}");
    Replica replica = replica("a");
    replica.round();
    assertThat(word(first)).isEqualTo("Queued/WaitingForQuota");
    assertThat(word(sameType)).isEqualTo("Queued/WaitingForQuota");
    assertThat(word(otherType)).isEqualTo("InProgress/Starting");
    StandIns.fake().answer(new LaunchAnswer.Deferred(Shortage.CAPACITY, "No machine."));
    timePasses();
    replica.round();
    assertThat(word(first)).isEqualTo("Queued/WaitingForCapacity");
    timePasses();
    replica.round();
    assertThat(launchedOn(StandIns.fake())).containsExactly(otherType, first, sameType);
  }

  @Test
  void aRejectedLaunchFailsAndSaysWhy() {
    StandIns.fake()
        .answer(
            new LaunchAnswer.Rejected(
                new Fault(Fault.Code.INPUT_MISSING, "There is no such bucket.")));
    String job = launch();
    replica("a").rounds(2);
    assertThat(word(job)).isEqualTo("Failed/Failed");
    assertThat(status(job).getString("failure.code")).isEqualTo("input-missing");
    assertThat(one("SELECT count(*) FROM job WHERE due_at IS NOT NULL")).isEqualTo("0");
  }

  @Test
  void anEngineThatDoesNotAnswerIsAskedAgainAndPeopleAreToldOnce() {
    StandIns.fake().trouble(unanswered(12));
    String job = launch();
    Replica replica = replica("a");
    replica.round();
    assertThat(word(job)).as("once is nothing").isEqualTo("Queued/WaitingForSlot");
    for (int i = 0; i < 4; i++) {
      timePasses();
      replica.round();
    }
    assertThat(word(job)).isEqualTo("Queued/WaitingForEngine");
    assertThat(status(job).getString("statusMessage"))
        .isEqualTo("The engine 'fake' does not answer; the launch is tried again until it does.");
    assertThat(events(job)).containsExactly("1 Queued/WaitingForSlot", "2 Queued/WaitingForEngine");
    for (int i = 0; i < 12; i++) {
      timePasses();
      replica.round();
    }
    assertThat(word(job)).isEqualTo("InProgress/Starting");
    assertThat(StandIns.fake().ledger()).hasSize(1);
  }

  @Test
  void aSilentEngineIsNotAskedByTheWholeLine() {
    List<String> line = launch(20);
    StandIns.fake().trouble(unanswered(2));
    replica("a").round();
    assertThat(StandIns.fake().ledger()).as("the third was not tried").isEmpty();
    assertThat(word(line.get(2))).isEqualTo("Queued/WaitingForEngine");
    assertThat(word(line.getLast())).as("behind the head").isEqualTo("Queued/WaitingForSlot");
    assertThat(owner(line.getLast())).as("behind the head").isEqualTo("null");
  }

  @Test
  void oneLaunchThatIsNeverAnsweredHoldsUpNobody() {
    List<String> line = launch(3);
    StandIns.fake().trouble(Trouble.REQUEST_LOST);
    replica("a").round();
    assertThat(launchedOn(StandIns.fake())).containsExactly(line.get(1), line.get(2));
  }

  @Test
  void aLostAnswerStartsNothingTwice() {
    StandIns.fake().trouble(Trouble.ANSWER_LOST);
    String job = launch();
    Replica replica = replica("a");
    replica.round();
    assertThat(word(job)).isEqualTo("Queued/WaitingForSlot");
    assertThat(StandIns.fake().ledger()).hasSize(1);
    timePasses();
    replica.round();
    assertThat(word(job)).isEqualTo("InProgress/Starting");
    assertThat(StandIns.fake().ledger()).hasSize(1);
  }

  @Test
  void aStopWhileNobodyKnowsWhetherItWasLaunchedReachesTheEngine() {
    StandIns.fake().trouble(Trouble.ANSWER_LOST);
    String job = launch();
    Replica replica = replica("a");
    replica.round();
    stop(job);
    replica.rounds(3);
    assertThat(word(job)).isEqualTo("Stopped/Stopped");
    assertThat(StandIns.fake().stops()).containsExactly(name(job, 1));
  }

  @Test
  void anEngineThatDoesNotAnswerAtTheEndIsAskedAgainAndTheLineGoesOn() {
    String job = launch();
    Replica replica = replica("a");
    replica.rounds(2);
    StandIns.fake().job(name(job, 1)).train().end(new End.Succeeded());
    // observe and readLog are answered, discard is not
    StandIns.fake().trouble(Trouble.NONE, Trouble.NONE, Trouble.REQUEST_LOST);
    timePasses();
    replica.round();
    assertThat(word(job)).isEqualTo("Completed/Completed");
    assertThat(replica.round()).as("no hurry").isGreaterThan(Duration.ofMillis(500));
    timePasses();
    replica.round();
    assertThat(StandIns.fake().known()).isEmpty();
  }

  @Test
  void aLongLineIsNoReasonToSpin() {
    List<String> line = launch(12);
    Replica replica = replica("a", Map.of("batch", "5"));
    for (int i = 0; i < 6; i++) {
      StandIns.fake().answer(FULL);
    }
    replica.rounds(3);
    assertThat(replica.round())
        .as("until there is something to do")
        .isEqualTo(Duration.ofSeconds(1));
    timePasses();
    replica.rounds(1);
    for (int i = 0; i < 8; i++) {
      timePasses();
      replica.round();
    }
    assertThat(launchedOn(StandIns.fake())).containsExactlyElementsOf(line);
  }

  @Test
  void aRowThatNobodyCanReadDoesNotKeepOthersFromMoving() {
    List<String> jobs = launch(3);
    sql("UPDATE job SET history = '[]' WHERE id = '%s'", jobs.getFirst());
    Replica replica = replica("a");
    replica.round();
    assertThat(launchedOn(StandIns.fake())).containsExactly(jobs.get(1), jobs.get(2));
    sql("UPDATE job SET due_at = NULL WHERE id <> '%s'", jobs.getFirst());
    assertThat(replica.round()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void aJobThatCannotBeHandledIsSetAside() {
    StandIns.fake()
        .whenLaunched(job -> {
          throw new StackOverflowError("a defect");
        });
    launch(2);
    Replica replica = replica("a");
    replica.round();
    assertThat(replica.round()).isEqualTo(Duration.ofSeconds(1));
    StandIns.fake().whenLaunched(job -> {});
    timePasses();
    replica.round();
    assertThat(column("SELECT DISTINCT status FROM job")).containsExactly("InProgress");
  }

  @Test
  void everyJobGetsItsTurnWhenThereAreMoreThanOneRoundMoves() {
    List<String> jobs = launch(9);
    Replica replica = replica("a", Map.of("batch", "3", "follow", "1ms"));
    replica.rounds(4);
    for (String job : jobs) {
      StandIns.fake().job(name(job, 1)).train();
    }
    // All are due all the time.
    for (int i = 0; i < 3; i++) {
      sql("UPDATE job SET due_at = least(due_at, now())");
      replica.round();
    }
    assertThat(jobs).allSatisfy(job -> assertThat(word(job)).isEqualTo("InProgress/Training"));
  }

  @Test
  void anEngineThatSaysThatSomethingChangedIsLookedAtAtOnce() {
    String job = launch();
    Replica replica = replica("a", Map.of("follow", "1h"));
    replica.rounds(2);
    LaunchName launch = name(job, 1);
    StandIns.fake().job(launch).train();
    replica.round();
    assertThat(word(job)).isEqualTo("InProgress/Starting");
    replica.hurry(launch);
    replica.round();
    assertThat(word(job)).isEqualTo("InProgress/Training");
  }

  @Test
  void aJobRemovedAtTheEngineFails() {
    String job = launch();
    Replica replica = replica("a");
    replica.round();
    StandIns.fake().lose(name(job, 1));
    replica.rounds(2);
    assertThat(word(job)).as("it may not be told of yet").isEqualTo("InProgress/Starting");
    StandIns.clockOff(Duration.ofSeconds(61));
    timePasses();
    replica.rounds(2);
    assertThat(status(job).getString("failure.code")).isEqualTo("deleted-externally");
  }

  private static Trouble[] unanswered(int times) {
    Trouble[] troubles = new Trouble[times];
    java.util.Arrays.fill(troubles, Trouble.REQUEST_LOST);
    return troubles;
  }

  private static List<String> launchedOn(FakeEngine engine) {
    return engine.launches().stream().map(order -> order.jobId()).toList();
  }

  private static List<String> with(List<String> jobs, String last) {
    return java.util.stream.Stream.concat(jobs.stream(), java.util.stream.Stream.of(last)).toList();
  }
}
