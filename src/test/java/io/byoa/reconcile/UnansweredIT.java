package io.byoa.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.byoa.engine.FakeEngine.Trouble;
import io.byoa.engine.LaunchAnswer;
import io.byoa.engine.LaunchAnswer.Shortage;
import io.byoa.engine.Observation.End;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Launches that an engine was asked for without an answer, and that something comes in between. */
@QuarkusTest
@TestProfile(SteppedByHand.class)
final class UnansweredIT extends Stepping {

  @Test
  void whatRunsAlreadyIsAdoptedWhenItCannotBeAskedForAgain() {
    StandIns.fake().trouble(Trouble.ANSWER_LOST);
    String job = launch();
    Replica replica = replica("a");
    replica.round();
    alter(job);
    timePasses();
    replica.round();
    assertThat(word(job)).isEqualTo("InProgress/Starting");
    StandIns.fake().job(name(job, 1)).train().print("step=3\n").end(new End.Succeeded());
    timePasses();
    replica.rounds(2);
    assertThat(word(job)).isEqualTo("Completed/Completed");
    assertThat(log(job)).isEqualTo("step=3\n");
    assertThat(StandIns.fake().known()).as("nothing is left behind").isEmpty();
  }

  @Test
  void whatDoesNotRunIsRefusedWhenItCannotBeAskedForAgainButNotTooSoon() {
    StandIns.fake().trouble(Trouble.REQUEST_LOST);
    String job = launch();
    Replica replica = replica("a");
    replica.round();
    alter(job);
    timePasses();
    replica.round();
    assertThat(word(job)).as("it may come yet").isEqualTo("Queued/WaitingForEngine");
    StandIns.clockOff(Duration.ofSeconds(61));
    timePasses();
    replica.round();
    assertThat(word(job)).isEqualTo("Failed/Failed");
    assertThat(StandIns.fake().ledger()).isEmpty();
  }

  @Test
  void whatRunsAlreadyIsAskedForHoweverFullItsEngineIs() {
    StandIns.fake().answer(new LaunchAnswer.Deferred(Shortage.QUOTA, "Quota of 0 instances."));
    String first = launch();
    String second = launch("{\"resources\":{\"instanceType\":\"ml.c5.xlarge\"}}");
    StandIns.fake().trouble(Trouble.NONE, Trouble.ANSWER_LOST);
    Replica replica = replica("a");
    replica.round();
    StandIns.fake().answer(new LaunchAnswer.Deferred(Shortage.SLOT, "All slots are taken."));
    timePasses();
    replica.round();
    assertThat(word(first)).isEqualTo("Queued/WaitingForSlot");
    assertThat(word(second)).isEqualTo("InProgress/Starting");
  }

  /** What the job was to train is not there any more. */
  private void alter(String job) {
    sql(
        "UPDATE job SET retries_left = 0, request ="
            + " jsonb_set(request::jsonb, '{codeSha256}', to_jsonb(repeat('0', 64)))::json"
            + " WHERE id = '%s'",
        job);
  }
}
