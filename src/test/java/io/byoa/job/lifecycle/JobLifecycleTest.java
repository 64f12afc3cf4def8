package io.byoa.job.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.byoa.engine.Fault;
import io.byoa.engine.LaunchAnswer.Shortage;
import io.byoa.engine.Observation;
import io.byoa.engine.Observation.Active;
import io.byoa.engine.Observation.Attempt;
import io.byoa.engine.Observation.End;
import io.byoa.engine.Observation.Ended;
import io.byoa.engine.Observation.Phase;
import io.byoa.engine.Outputs;
import io.byoa.job.lifecycle.JobLifecycle.Decision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JobLifecycleTest {

  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant T1 = T0.plusSeconds(10);
  private static final Instant T2 = T0.plusSeconds(20);

  private static final Phase STARTING = new Phase(Phase.STARTING, T0.plusSeconds(1), null);
  private static final Phase TRAINING = new Phase(Phase.TRAINING, T0.plusSeconds(2), "On slot 1.");
  private static final Attempt FIRST = new Attempt(1, T0.plusSeconds(2), null, null);

  @Test
  void everyPairOfStatusAndStimulusStaysInTheTable() {
    Set<JobTransition> made = EnumSet.noneOf(JobTransition.class);
    for (JobState state : everyState()) {
      for (Stimulus stimulus : everyStimulus()) {
        Optional<Decision> decision = JobLifecycle.decide(state, stimulus, T2);
        String pair = state.status() + " × " + stimulus;
        if (state.status().terminal()) {
          assertThat(decision).as(pair).isEmpty();
        }
        decision.ifPresent(d -> {
          assertThat(d.transition().from()).as(pair).contains(state.status());
          assertThat(d.next().status()).as(pair).isEqualTo(d.transition().to());
          assertThat(d.next()).as(pair).isNotEqualTo(state);
          assertSound(pair, d.next());
          made.add(d.transition());
        });
      }
    }
    assertThat(made).as("moves that a test makes").containsExactly(JobTransition.values());
  }

  @Test
  void tellsTheSameObservationOnce() {
    for (JobState state : everyState()) {
      for (Stimulus stimulus : everyStimulus()) {
        JobLifecycle.decide(state, stimulus, T2)
            .filter(d -> stimulus instanceof Stimulus.Observed)
            .filter(d -> d.transition() != JobTransition.RETRIED)
            .ifPresent(d ->
                assertThat(JobLifecycle.decide(d.next(), stimulus, T2.plusSeconds(5)))
                    .as(state.status() + " × " + stimulus + " again")
                    .isEmpty());
      }
    }
  }

  @Test
  void aPhaseThatSaysNothingIsToldByItsName() {
    JobState training = running();
    Observation.Phase installing =
        new Observation.Phase(Observation.Phase.INSTALLING_DEPENDENCIES, T1, null);
    JobState next = after(training, seen(new Active(List.of(STARTING, installing), List.of())));
    assertThat(next.message()).isEqualTo("Installing dependencies.");
  }

  @Test
  void aJobThatNoEngineKnowsStopsAtOnce() {
    JobState stopped = after(JobState.accepted(2, T0), new Stimulus.StopAsked("token:ci"));
    assertThat(stopped.status()).isEqualTo(JobStatus.STOPPED);
    assertThat(stopped.message()).isEqualTo("Asked to stop by token:ci.");
  }

  @Test
  void aStopDuringTheLaunchWaitsForTheEngine() {
    JobState job =
        after(
            JobState.accepted(2, T0),
            new Stimulus.LaunchIntended(),
            new Stimulus.StopAsked("token:ci"));
    assertThat(job.status()).isEqualTo(JobStatus.STOPPING);
    assertThat(after(job, new Stimulus.LaunchAccepted()).status()).isEqualTo(JobStatus.STOPPING);
    assertThat(after(job, seen(new Observation.Unknown())).status()).isEqualTo(JobStatus.STOPPED);
  }

  @Test
  void aTimeLimitEndsInStoppedAndSaysSo() {
    JobState job = after(running(), ended(failed(Fault.Code.MAX_RUNTIME_EXCEEDED)));
    assertThat(job.status()).isEqualTo(JobStatus.STOPPED);
    assertThat(job.secondaryStatus()).isEqualTo("MaxRuntimeExceeded");
    assertThat(job.failure()).isNotNull();
  }

  @Test
  void aPlatformFaultIsLaunchedAgainUntilTheRetriesAreUsedUp() {
    JobState job = after(JobState.accepted(1, T0), new Stimulus.LaunchIntended(), active());
    JobState again = after(job, ended(failed(Fault.Code.PLATFORM_ERROR)));
    assertThat(again.status()).isEqualTo(JobStatus.QUEUED);
    assertThat(again.launch()).isEqualTo(2);
    assertThat(again.launching()).isFalse();

    JobState second = after(again, new Stimulus.LaunchIntended(), active());
    assertThat(second.history().attempts()).extracting(Attempt::number).containsExactly(1, 2);
    assertThat(after(second, ended(failed(Fault.Code.PLATFORM_ERROR))).status())
        .isEqualTo(JobStatus.FAILED);
  }

  @Test
  void alteredCodeIsNeverLaunchedAgain() {
    assertThat(after(running(), ended(failed(Fault.Code.CODE_ALTERED))).status())
        .isEqualTo(JobStatus.FAILED);
  }

  @Test
  void anAlgorithmFaultIsNeverLaunchedAgain() {
    assertThat(after(running(), ended(failed(Fault.Code.PROGRAM_FAILED))).status())
        .isEqualTo(JobStatus.FAILED);
  }

  @Test
  void waitingForASlotUsesNoRetryAndIsToldOnce() {
    Stimulus deferred = new Stimulus.LaunchDeferred(Shortage.SLOT, "All 2 slots are taken.");
    JobState waiting = after(JobState.accepted(2, T0), new Stimulus.LaunchIntended(), deferred);
    assertThat(waiting.secondaryStatus()).isEqualTo("WaitingForSlot");
    assertThat(waiting.retriesLeft()).isEqualTo(2);
    assertThat(waiting.launch()).isEqualTo(1);
    JobState stillWaiting = after(waiting, new Stimulus.LaunchIntended(), deferred);
    assertThat(stillWaiting.history()).isEqualTo(waiting.history());
  }

  @Test
  void aWaitLooksTheSameToPeopleHoweverOftenItIsTried() {
    Stimulus deferred = new Stimulus.LaunchDeferred(Shortage.SLOT, "All 2 slots are taken.");
    JobState waiting = after(JobState.accepted(2, T0), new Stimulus.LaunchIntended(), deferred);
    JobState trying = after(waiting, new Stimulus.LaunchIntended());
    assertThat(trying).isNotEqualTo(waiting);
    assertThat(trying.looksLike(waiting)).isTrue();
    assertThat(after(trying, deferred)).isEqualTo(waiting);
  }

  @Test
  void anEngineThatDoesNotAnswerMayKnowTheJob() {
    Stimulus silent = new Stimulus.LaunchUnanswered("No answer.");
    JobState job = after(JobState.accepted(2, T0), new Stimulus.LaunchIntended(), silent);
    assertThat(job.secondaryStatus()).isEqualTo("WaitingForEngine");
    assertThat(job.launching()).isTrue();
    assertThat(JobLifecycle.decide(job, silent, T2)).isEmpty();
    assertThat(after(job, new Stimulus.StopAsked("token:ci")).status())
        .isEqualTo(JobStatus.STOPPING);
  }

  @Test
  void theTimelineIsGaplessAndKeepsEachInterruption() {
    JobState job = after(JobState.accepted(2, T0), new Stimulus.LaunchIntended(), active());
    Phase interrupted = new Phase(Phase.INTERRUPTED, T0.plusSeconds(3), null);
    Phase second = new Phase(Phase.TRAINING, T0.plusSeconds(4), null);
    JobState resumed =
        after(
            job,
            seen(
                new Active(
                    List.of(STARTING, TRAINING, interrupted, second),
                    List.of(
                        new Attempt(1, T0.plusSeconds(2), T0.plusSeconds(3), "Interrupted"),
                        new Attempt(2, T0.plusSeconds(4), null, null)))));
    assertThat(resumed.transitions())
        .extracting(History.Step::status)
        .containsExactly("Queued", "Starting", "Training", "Interrupted", "Training");
    assertThat(resumed.history().attempts()).hasSize(2);
    assertThat(resumed.secondaryStatus()).isEqualTo("Training");
  }

  private static void assertSound(String pair, JobState state) {
    List<History.Step> steps = state.transitions();
    for (int i = 0; i + 1 < steps.size(); i++) {
      assertThat(steps.get(i).endedAt()).as(pair + ": only the last step goes on").isNotNull();
      assertThat(steps.get(i + 1).startedAt())
          .as(pair + ": no gap")
          .isEqualTo(steps.get(i).endedAt());
    }
    assertThat(steps.getLast().endedAt() != null)
        .as(pair + ": the last step ends with the job")
        .isEqualTo(state.status().terminal());
    assertThat(state.endedAt() != null).as(pair).isEqualTo(state.status().terminal());
    if (state.status() == JobStatus.COMPLETED) {
      assertThat(state.failure()).as(pair).isNull();
    }
    if (state.status() == JobStatus.FAILED) {
      assertThat(state.failure()).as(pair).isNotNull();
    }
  }

  /** A state of each status, with and without a launch under way and retries left. */
  private static List<JobState> everyState() {
    Map<String, JobState> states = new LinkedHashMap<>();
    for (int retries : new int[] {0, 1}) {
      JobState accepted = JobState.accepted(retries, T0);
      JobState intended = after(accepted, new Stimulus.LaunchIntended());
      JobState launched = after(intended, new Stimulus.LaunchAccepted());
      JobState training = after(intended, active());
      for (JobState state :
          List.of(
              accepted,
              intended,
              launched,
              training,
              after(launched, new Stimulus.StopAsked("token:a")),
              after(training, new Stimulus.StopAsked("token:a")),
              after(training, ended(new End.Succeeded())),
              after(training, ended(failed(Fault.Code.PROGRAM_FAILED))),
              after(accepted, new Stimulus.StopAsked("token:a")))) {
        states.put(states.size() + "", state);
      }
    }
    assertThat(states.values().stream().map(JobState::status).distinct())
        .containsExactlyInAnyOrder(JobStatus.values());
    return List.copyOf(states.values());
  }

  private static List<Stimulus> everyStimulus() {
    List<Stimulus> stimuli = new ArrayList<>();
    stimuli.add(new Stimulus.StopAsked("token:b"));
    stimuli.add(new Stimulus.LaunchIntended());
    stimuli.add(new Stimulus.LaunchAccepted());
    for (Shortage shortage : Shortage.values()) {
      stimuli.add(new Stimulus.LaunchDeferred(shortage, "Waiting."));
    }
    stimuli.add(new Stimulus.LaunchUnanswered("No answer."));
    for (Fault.Code code : Fault.Code.values()) {
      stimuli.add(new Stimulus.LaunchRefused(new Fault(code, "No.")));
      stimuli.add(ended(failed(code)));
    }
    stimuli.add(ended(new End.Succeeded()));
    stimuli.add(ended(new End.Stopped()));
    stimuli.add(seen(new Observation.Unknown()));
    stimuli.add(active());
    assertThat(stimuli.stream().map(Object::getClass).distinct())
        .as("every kind of stimulus")
        .hasSameSizeAs(Arrays.asList(Stimulus.class.getPermittedSubclasses()));
    return stimuli;
  }

  private static JobState running() {
    return after(JobState.accepted(2, T0), new Stimulus.LaunchIntended(), active());
  }

  private static Stimulus active() {
    return seen(new Active(List.of(STARTING, TRAINING), List.of(FIRST)));
  }

  private static Stimulus ended(End end) {
    return seen(
        new Ended(end, T1, List.of(STARTING, TRAINING), List.of(FIRST), Outputs.NONE, null));
  }

  private static Stimulus seen(Observation observation) {
    return new Stimulus.Observed(observation);
  }

  private static End failed(Fault.Code code) {
    return new End.Failed(new Fault(code, "It failed."));
  }

  private static JobState after(JobState state, Stimulus... stimuli) {
    JobState next = state;
    for (Stimulus stimulus : stimuli) {
      next = JobLifecycle.decide(next, stimulus, T1).map(Decision::next).orElse(next);
    }
    return next;
  }
}
