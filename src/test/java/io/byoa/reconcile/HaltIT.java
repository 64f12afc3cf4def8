package io.byoa.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.byoa.engine.FakeEngine;
import io.byoa.engine.Fault;
import io.byoa.engine.LaunchAnswer;
import io.byoa.engine.Observation.End;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The process is halted before and after every commit and every call of an engine, one place after
 * the other, and goes on as the same replica or as another one (R12).
 */
@QuarkusTest
@TestProfile(SteppedByHand.class)
final class HaltIT extends Stepping {

  private static final int MANY = 1_000;

  /** In short, every other place is for the same replica to go on from, the rest for another. */
  private static final boolean LONG = Boolean.getBoolean("byoa.reliability.long");

  /** A wait for a slot, a launch that the platform fails, and one that ends well. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aJobRecoversFromAHaltAtAnyPlace(boolean same) {
    int places =
        haltEverywhere(
            same,
            () -> {
              StandIns.fake()
                  .answer(new LaunchAnswer.Deferred(LaunchAnswer.Shortage.SLOT, "Full."))
                  .whenLaunched(HaltIT::live);
              return launch();
            },
            job -> {
              for (FakeEngine.Job each : StandIns.fake().ledger()) {
                if (each.order().launch() == 2 && each.outcome().isEmpty()) {
                  each.print("step=4\nlast").end(new End.Succeeded());
                }
              }
            },
            job -> {
              assertThat(StandIns.fake().ledger())
                  .extracting(each -> each.order().name())
                  .containsExactly(name(job, 1), name(job, 2));
              assertThat(status(job).getString("status")).isEqualTo("Completed");
              assertThat(log(job)).isEqualTo("step=1\nstep=2\nstep=3\nstep=4\nlast\n");
              assertThat(
                      column("SELECT value::int FROM job_metric WHERE job = '%s' ORDER BY 1", job))
                  .containsExactly("1", "2", "3", "4");
              assertThat(status(job).getList("attempts")).hasSize(2);
            });
    assertThat(places).as("places to die at").isGreaterThan(40);
  }

  /** Somebody asks a running job to stop; the engine takes a while. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aStopRecoversFromAHaltAtAnyPlace(boolean same) {
    haltEverywhere(
        same,
        () -> {
          StandIns.fake()
              .whenLaunched(job -> job.train().print("up\n"))
              .whenStopped(job -> job.enter("Stopping"));
          return launch();
        },
        job -> {
          switch (word(job)) {
            case "InProgress/Training" -> stop(job);
            case "Stopping/Stopping" -> {
              if (!StandIns.fake().stops().isEmpty()
                  && StandIns.fake().ledger().getFirst().outcome().isEmpty()) {
                StandIns.fake().job(name(job, 1)).print("bye\n").end(new End.Stopped());
              }
            }
            default -> {}
          }
        },
        job -> {
          assertThat(word(job)).isEqualTo("Stopped/Stopped");
          assertThat(StandIns.fake().ledger()).hasSize(1);
          assertThat(log(job)).isEqualTo("up\nbye\n");
        });
  }

  private static void live(FakeEngine.Job job) {
    if (job.order().launch() == 1) {
      job.train().print("step=1\nstep=2\n");
      job.end(new End.Failed(new Fault(Fault.Code.PLATFORM_ERROR, "The disk is gone.")));
    } else {
      job.train().print("step=3\n");
    }
  }

  private interface Begin {
    String job();
  }

  /**
   * Runs a life again and again, halted at its first place, its second, and so on.
   *
   * @param same whether the same replica goes on after the halt, or another one
   * @param begin prepares the engine and launches the job
   * @param world what happens outside between two rounds
   * @param check what must be true in the end
   * @return how many places there are
   */
  private int haltEverywhere(
      boolean same, Begin begin, Consumer<String> world, Consumer<String> check) {
    for (int place = 1; place < MANY; place++) {
      if (!LONG && place % 2 == (same ? 0 : 1)) {
        continue;
      }
      StandIns.reset();
      sql("TRUNCATE job CASCADE");
      sql("TRUNCATE lease");
      String job = begin.job();
      Halts.arm(place);
      Replica replica = replica("a");
      boolean halted = !liveOn(replica, job, world);
      String where = (halted ? "halted " : "never halted ") + Halts.last();
      if (halted) {
        Halts.revive();
        if (same) {
          replica = replica("a");
        } else {
          expire(replica);
          replica = replica("b");
        }
        assertThat(liveOn(replica, job, world)).as(where).isTrue();
      }
      try {
        check.accept(job);
        assertEventsAreGapless(job);
        assertTimelineIsGapless(job);
        assertThat(one("SELECT count(*) FROM job WHERE due_at IS NOT NULL")).isEqualTo("0");
        assertThat(StandIns.fake().known()).as("launches that nobody has discarded").isEmpty();
      } catch (AssertionError e) {
        throw new AssertionError(where + ", " + events(job), e);
      }
      if (!halted) {
        return place - 1;
      }
    }
    throw new AssertionError("The life has no end");
  }

  /** Goes on until there is nothing left to do; false when the replica died before. */
  private boolean liveOn(Replica replica, String job, Consumer<String> world) {
    for (int i = 0; i < 60; i++) {
      try {
        Halts.during(replica::round);
      } catch (Halts.Halt e) {
        assertThat(Halts.halted()).isTrue();
      }
      if (Halts.halted()) {
        return false;
      }
      if (one("SELECT count(*) FROM job WHERE due_at IS NOT NULL").equals("0")) {
        return true;
      }
      world.accept(job);
      timePasses();
    }
    throw new AssertionError("It does not end: " + status(job).prettify());
  }

  private void assertTimelineIsGapless(String job) {
    List<Map<String, String>> steps = status(job).getList("transitions");
    for (int i = 0; i + 1 < steps.size(); i++) {
      assertThat(steps.get(i + 1).get("startedAt")).isEqualTo(steps.get(i).get("endedAt"));
    }
  }
}
