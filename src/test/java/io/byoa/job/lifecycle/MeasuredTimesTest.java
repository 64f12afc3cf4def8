package io.byoa.job.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.byoa.engine.Fault;
import io.byoa.engine.LaunchAnswer.Shortage;
import io.byoa.engine.Observation.Active;
import io.byoa.engine.Observation.End;
import io.byoa.engine.Observation.Ended;
import io.byoa.engine.Observation.Phase;
import io.byoa.engine.Outputs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MeasuredTimesTest {

  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

  private final List<Duration> queued = new ArrayList<>();
  private final List<Duration> launched = new ArrayList<>();
  private final List<Duration> trained = new ArrayList<>();
  private JobState state = JobState.accepted(1, T0);

  @Test
  void eachTimeIsToldOnceInWhateverStepsItBecomesKnown() {
    at(5, new Stimulus.LaunchDeferred(Shortage.SLOT, "Waiting."));
    at(30, new Stimulus.LaunchIntended());
    at(30, new Stimulus.LaunchAccepted());
    at(31, new Stimulus.Observed(active(starting(30))));
    assertThat(queued).containsExactly(Duration.ofSeconds(30));
    at(40, new Stimulus.Observed(active(starting(30), training(35))));
    assertThat(launched).containsExactly(Duration.ofSeconds(5));
    at(50, new Stimulus.Observed(ended(new End.Succeeded(), 47, starting(30), training(35))));

    assertThat(queued).containsExactly(Duration.ofSeconds(30));
    assertThat(launched).containsExactly(Duration.ofSeconds(5));
    assertThat(trained).containsExactly(Duration.ofSeconds(12));
  }

  @Test
  void aShortJobTellsEverythingAtItsEnd() {
    at(1, new Stimulus.LaunchIntended());
    at(1, new Stimulus.LaunchAccepted());
    at(9, new Stimulus.Observed(ended(new End.Succeeded(), 4, starting(1), training(2))));

    assertThat(queued).containsExactly(Duration.ofSeconds(1));
    assertThat(launched).containsExactly(Duration.ofSeconds(1));
    assertThat(trained).containsExactly(Duration.ofSeconds(2));
  }

  @Test
  void anInterruptionIsNoLaunchAndARetryIsOne() {
    at(1, new Stimulus.LaunchIntended());
    at(1, new Stimulus.LaunchAccepted());
    Phase interrupted = new Phase(Phase.INTERRUPTED, T0.plusSeconds(12), null);
    at(20, new Stimulus.Observed(active(starting(1), training(2), interrupted, training(15))));
    assertThat(launched).containsExactly(Duration.ofSeconds(1));

    Fault fault = new Fault(Fault.Code.PLATFORM_ERROR, "The machine went away.");
    at(
        30,
        new Stimulus.Observed(
            ended(new End.Failed(fault), 25, starting(1), training(2), interrupted, training(15))));
    assertThat(trained).as("not over yet").isEmpty();
    at(35, new Stimulus.LaunchIntended());
    at(35, new Stimulus.LaunchAccepted());
    at(50, new Stimulus.Observed(ended(new End.Succeeded(), 48, starting(35), training(38))));

    assertThat(queued).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(10));
    assertThat(launched).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(3));
    assertThat(trained).containsExactly(Duration.ofSeconds(10 + 10 + 10));
  }

  @Test
  void aJobThatIsCancelledInLineHasNoTimes() {
    at(7, new Stimulus.StopAsked("token:ci"));

    assertThat(state.status()).isEqualTo(JobStatus.STOPPED);
    assertThat(queued).isEmpty();
    assertThat(launched).isEmpty();
    assertThat(trained).isEmpty();
  }

  private void at(int second, Stimulus stimulus) {
    JobState before = state;
    JobLifecycle.decide(before, stimulus, T0.plusSeconds(second))
        .ifPresent(decision -> state = decision.next());
    MeasuredTimes times = MeasuredTimes.between(before, state);
    queued.addAll(times.queued());
    launched.addAll(times.launched());
    times.trained().ifPresent(trained::add);
  }

  private static Phase starting(int second) {
    return new Phase(Phase.STARTING, T0.plusSeconds(second), "Starting.");
  }

  private static Phase training(int second) {
    return new Phase(Phase.TRAINING, T0.plusSeconds(second), null);
  }

  private static Active active(Phase... phases) {
    return new Active(List.of(phases), List.of());
  }

  private static Ended ended(End end, int second, Phase... phases) {
    return new Ended(end, T0.plusSeconds(second), List.of(phases), List.of(), Outputs.NONE, null);
  }
}
