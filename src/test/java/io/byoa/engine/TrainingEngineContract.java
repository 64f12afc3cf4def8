package io.byoa.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.byoa.engine.Observation.Active;
import io.byoa.engine.Observation.Attempt;
import io.byoa.engine.Observation.End;
import io.byoa.engine.Observation.Ended;
import io.byoa.engine.Observation.Phase;
import io.byoa.engine.Observation.Unknown;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What {@link TrainingEngine} promises, to be run on every engine. */
public abstract class TrainingEngineContract {

  /** What a program does that the contract needs. */
  public enum Behaviour {
    /** Prints the line "hello", then ends with exit code 0. */
    SUCCEEDS,
    /** Prints the line "hello", then ends with exit code 3. */
    FAILS,
    /** Prints the line "hello", then waits until it is told to stop. */
    WAITS
  }

  /** The engine under test; the same one within a test, until {@link #restart}. */
  protected abstract TrainingEngine engine();

  /** An order that the engine accepts, under a name that it does not know. */
  protected abstract TrainingOrder order(Behaviour behaviour);

  /** Whether the engine can take a program's machine away. */
  protected abstract boolean interrupts();

  /** Another process takes over: from now on {@link #engine} is its engine. */
  protected abstract void restart() throws Exception;

  @Test
  void doesNotKnowWhatWasNeverLaunched() {
    LaunchName name = order(Behaviour.SUCCEEDS).name();

    assertThat(engine().observe(name)).isEqualTo(new Unknown());
    engine().stop(name);
    engine().discard(name, true);
    assertThat(engine().interrupt(name)).isFalse();
    assertThat(engine().readLog(name, 0, 10).content()).isEmpty();
    assertThat(engine().observe(name)).isEqualTo(new Unknown());
  }

  @Test
  void runsAJobToItsEnd() {
    Ended ended = ended(launched(Behaviour.SUCCEEDS));

    assertThat(ended.end()).isEqualTo(new End.Succeeded());
    assertThat(ended.attempts()).extracting(Attempt::number).containsExactly(1);
    assertThat(ended.attempts().getFirst().end()).isEqualTo("Completed");
    assertThat(ended.phases()).extracting(Phase::name).contains(Phase.TRAINING);
  }

  @Test
  void tellsTheExitCodeOfAFailedProgram() {
    Ended ended = ended(launched(Behaviour.FAILS));

    assertThat(ended.end()).isInstanceOf(End.Failed.class);
    Fault fault = ((End.Failed) ended.end()).fault();
    assertThat(fault.code()).isEqualTo(Fault.Code.PROGRAM_FAILED);
    assertThat(fault.exitCode()).isEqualTo(3);
  }

  @Test
  void startsNothingUnderANameThatItKnows() {
    TrainingOrder order = order(Behaviour.SUCCEEDS);
    engine().launch(order);
    assertThat(engine().launch(order)).isEqualTo(new LaunchAnswer.Accepted());
    Ended ended = ended(order.name());
    assertThat(engine().launch(order)).isEqualTo(new LaunchAnswer.Accepted());

    assertThat(engine().observe(order.name())).isEqualTo(ended);
    assertThat(ended.attempts()).hasSize(1);
    assertThat(log(order.name())).isEqualTo("hello\n");
  }

  @Test
  void saysTheSameAfterTheEndUntilTheJobIsDiscarded() throws Exception {
    LaunchName name = launched(Behaviour.SUCCEEDS);
    Ended ended = ended(name);

    engine().stop(name);
    assertThat(engine().interrupt(name)).isFalse();
    assertThat(engine().observe(name)).isEqualTo(ended);
    restart();
    assertThat(engine().observe(name)).isEqualTo(ended);
    engine().discard(name, true);
    engine().discard(name, true);
    assertThat(engine().observe(name)).isEqualTo(new Unknown());
  }

  @Test
  void doesNotDiscardWhatIsNotOver() {
    LaunchName name = launched(Behaviour.WAITS);
    engine().discard(name, true);
    awaitLog(name);

    assertThat(engine().observe(name)).isInstanceOf(Active.class);
    engine().stop(name);
    ended(name);
  }

  @Test
  void stopsAJob() {
    LaunchName name = launched(Behaviour.WAITS);
    awaitLog(name);
    engine().stop(name);
    engine().stop(name);

    assertThat(ended(name).end()).isEqualTo(new End.Stopped());
    assertThat(log(name)).isEqualTo("hello\n");
  }

  @Test
  void stopsAJobThatHasJustBeenLaunched() {
    LaunchName name = launched(Behaviour.WAITS);
    engine().stop(name);

    assertThat(ended(name).end()).isEqualTo(new End.Stopped());
  }

  @Test
  void findsARunningJobAgainAfterARestart() throws Exception {
    LaunchName name = launched(Behaviour.WAITS);
    awaitLog(name);
    restart();

    assertThat(engine().observe(name)).isInstanceOf(Active.class);
    engine().stop(name);
    Ended ended = ended(name);
    assertThat(ended.end()).isEqualTo(new End.Stopped());
    assertThat(ended.attempts()).hasSize(1);
    assertThat(log(name)).isEqualTo("hello\n");
  }

  @Test
  void startsAnInterruptedProgramAgainUnderTheSameNameOrLeavesItAlone() {
    LaunchName name = launched(Behaviour.WAITS);
    awaitLog(name);

    assertThat(engine().interrupt(name)).isEqualTo(interrupts());
    if (interrupts()) {
      seesASecondAttempt(name);
    } else {
      engine().stop(name);
      assertThat(ended(name).end()).isEqualTo(new End.Stopped());
      assertThat(attempts(name)).extracting(Attempt::end).containsExactly("Stopped");
    }
  }

  @Test
  void neverTakesBackAPhaseOrAnAttempt() {
    LaunchName name = launched(Behaviour.SUCCEEDS);
    List<Phase> seen = new ArrayList<>();
    await("the end")
        .until(() -> {
          Observation observation = engine().observe(name);
          List<Phase> phases =
              switch (observation) {
                case Active active -> active.phases();
                case Ended over -> over.phases();
                case Unknown() -> List.of();
              };
          assertThat(phases.size()).isPositive().isGreaterThanOrEqualTo(seen.size());
          assertThat(phases.subList(0, seen.size())).isEqualTo(seen);
          seen.clear();
          seen.addAll(phases);
          return observation instanceof Ended;
        });
  }

  @Test
  void handsOutTheLogInPiecesThatNeverChange() {
    LaunchName name = launched(Behaviour.SUCCEEDS);
    ended(name);

    LogSlice first = engine().readLog(name, 0, 3);
    LogSlice second = engine().readLog(name, 3, 100);
    assertThat(new String(first.content(), UTF_8)).isEqualTo("hel");
    assertThat(first.last()).isFalse();
    assertThat(second.offset()).isEqualTo(3);
    assertThat(new String(second.content(), UTF_8)).isEqualTo("lo\n");
    assertThat(second.last()).isTrue();
    assertThat(engine().readLog(name, 6, 100).content()).isEmpty();
  }

  private void seesASecondAttempt(LaunchName name) {
    await("a second attempt").until(() -> attempts(name).size() == 2);
    await("its output").until(() -> log(name).equals("hello\nhello\n"));
    engine().stop(name);

    Ended ended = ended(name);
    assertThat(ended.attempts()).extracting(Attempt::number).containsExactly(1, 2);
    assertThat(ended.attempts().getFirst().end()).isEqualTo("Interrupted");
    assertThat(ended.phases()).extracting(Phase::name).contains(Phase.INTERRUPTED);
  }

  private LaunchName launched(Behaviour behaviour) {
    TrainingOrder order = order(behaviour);
    assertThat(engine().launch(order)).isEqualTo(new LaunchAnswer.Accepted());
    return order.name();
  }

  private Ended ended(LaunchName name) {
    await("the end of " + name).until(() -> engine().observe(name) instanceof Ended);
    return (Ended) engine().observe(name);
  }

  private List<Attempt> attempts(LaunchName name) {
    return switch (engine().observe(name)) {
      case Active active -> active.attempts();
      case Ended over -> over.attempts();
      case Unknown() -> List.of();
    };
  }

  private void awaitLog(LaunchName name) {
    await("output of " + name).until(() -> !log(name).isEmpty());
  }

  private String log(LaunchName name) {
    return new String(engine().readLog(name, 0, 1 << 20).content(), UTF_8);
  }

  private static org.awaitility.core.ConditionFactory await(String what) {
    return Awaitility.await(what)
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(10));
  }
}
