package io.byoa.job.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.byoa.engine.Fault;
import io.byoa.engine.Observation.End;
import io.byoa.engine.Observation.Ended;
import io.byoa.engine.Outputs;
import io.byoa.job.lifecycle.History.PastLaunch;
import io.byoa.job.lifecycle.JobLifecycle.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a job has been through when it is launched more than once: the wait, and the bill. */
class PastLaunchesTest {

  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant T1 = T0.plusSeconds(100);

  @Test
  void everyRetryAfterAFaultOfThePlatformWaitsLonger() {
    Decision first =
        decide(launched(JobState.accepted(2, T0)), failed(Fault.Code.PROVIDER_ERROR, null));
    assertThat(first.transition()).isEqualTo(JobTransition.RETRIED);
    assertThat(first.next().secondaryStatus()).isEqualTo("WaitingForRetry");
    assertThat(first.waitAtMost()).isEqualTo(Duration.ofSeconds(10));
    Decision second = decide(launched(first.next()), failed(Fault.Code.PLATFORM_ERROR, null));
    assertThat(second.waitAtMost()).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void whatAnInterruptionTookIsLaunchedAgainAtOnce() {
    Decision again =
        decide(launched(JobState.accepted(2, T0)), failed(Fault.Code.INTERRUPTED, null));
    assertThat(again.transition()).isEqualTo(JobTransition.RETRIED);
    assertThat(again.waitAtMost()).isZero();
  }

  @Test
  void noOtherMoveWaits() {
    JobState job = launched(JobState.accepted(0, T0));
    assertThat(decide(job, failed(Fault.Code.PLATFORM_ERROR, null)).waitAtMost()).isZero();
    assertThat(decide(job, ended(new End.Succeeded(), null)).waitAtMost()).isZero();
  }

  @Test
  void allLaunchesArePaidFor() {
    JobState again =
        decide(launched(JobState.accepted(2, T0)), failed(Fault.Code.PROVIDER_ERROR, 40L)).next();
    assertThat(again.history().launches())
        .containsExactly(new PastLaunch(1, 40L, T1, Fault.Code.PROVIDER_ERROR));
    assertThat(again.billableSeconds()).as("known at the end").isNull();
    JobState silent = decide(launched(again), failed(Fault.Code.PLATFORM_ERROR, null)).next();
    JobState over = decide(launched(silent), ended(new End.Succeeded(), 2L)).next();
    assertThat(over.history().launches()).extracting(PastLaunch::launch).containsExactly(1, 2);
    assertThat(over.billableSeconds()).isEqualTo(42);
  }

  @Test
  void whatWasNeverToldIsNotKnown() {
    JobState job = launched(JobState.accepted(0, T0));
    assertThat(decide(job, ended(new End.Succeeded(), null)).next().billableSeconds()).isNull();
    assertThat(decide(job, ended(new End.Succeeded(), 7L)).next().billableSeconds()).isEqualTo(7);
    JobState again =
        decide(launched(JobState.accepted(2, T0)), failed(Fault.Code.PROVIDER_ERROR, 5L)).next();
    assertThat(decide(again, new Stimulus.StopAsked("token:ci")).next().billableSeconds())
        .as("stopped before it was launched again")
        .isEqualTo(5);
  }

  @Test
  void aHistoryThatWasStoredBeforeLaunchesWereKeptHasNone() throws Exception {
    History stored =
        new ObjectMapper()
            .findAndRegisterModules()
            .readValue(
                """
                {"steps":[{"status":"Queued","startedAt":"2026-01-01T00:00:00Z","endedAt":null,"message":"In line."}],
                 "attempts":[],"phasesSeen":0,"attemptsBefore":0}
                """,
                History.class);
    assertThat(stored).isEqualTo(History.startingWith("Queued", T0, "In line."));
    assertThat(stored.launches()).isEmpty();
  }

  /** An engine far away may tell late of what it was asked for. */
  @Test
  void aLaunchIsSettledAMinuteAfterItLeftTheLine() {
    JobState launched = launched(JobState.accepted(2, T0));
    assertThat(launched.settled(T1.plusSeconds(59))).isFalse();
    assertThat(launched.settled(T1.plusSeconds(60))).isTrue();
    JobState again = decide(launched, failed(Fault.Code.INTERRUPTED, null)).next();
    JobState second = launched(again, T1.plusSeconds(500));
    assertThat(second.settled(T1.plusSeconds(559))).as("counted from its own launch").isFalse();
    assertThat(second.settled(T1.plusSeconds(560))).isTrue();
  }

  @Test
  void aJobInLineIsSettledAMinuteAfterItsEngineFellSilent() {
    JobState asked = decide(JobState.accepted(2, T0), new Stimulus.LaunchIntended()).next();
    assertThat(asked.settled(T1.plusSeconds(1000))).as("nobody knows when it was asked").isFalse();
    JobState silent = decide(asked, new Stimulus.LaunchUnanswered("No answer.")).next();
    assertThat(silent.settled(T1.plusSeconds(59))).isFalse();
    assertThat(silent.settled(T1.plusSeconds(60))).isTrue();
  }

  private static JobState launched(JobState queued) {
    return launched(queued, T1);
  }

  private static JobState launched(JobState queued, Instant at) {
    JobState asked =
        JobLifecycle.decide(queued, new Stimulus.LaunchIntended(), at).orElseThrow().next();
    return JobLifecycle.decide(asked, new Stimulus.LaunchAccepted(), at).orElseThrow().next();
  }

  private static Stimulus failed(Fault.Code code, @Nullable Long billable) {
    return ended(new End.Failed(new Fault(code, "It failed.")), billable);
  }

  private static Stimulus ended(End end, @Nullable Long billable) {
    return new Stimulus.Observed(new Ended(end, T1, List.of(), List.of(), Outputs.NONE, billable));
  }

  private static Decision decide(JobState job, Stimulus stimulus) {
    return JobLifecycle.decide(job, stimulus, T1).orElseThrow();
  }
}
