package io.byoa.job.lifecycle;

import io.byoa.engine.Observation.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The times that became known by one move.
 *
 * @param queued how long a launch waited in line until an engine took it
 * @param launched how long an engine took from there to the program's start
 * @param trained how long the program ran, all its starts together; known at the end, absent when
 *     it never started
 */
public record MeasuredTimes(
    List<Duration> queued, List<Duration> launched, Optional<Duration> trained) {

  /** Copies the lists. */
  public MeasuredTimes {
    queued = List.copyOf(queued);
    launched = List.copyOf(launched);
  }

  /** What is known after the move and was not before. */
  public static MeasuredTimes between(JobState before, JobState after) {
    List<Duration> queued = new ArrayList<>();
    List<Duration> launched = new ArrayList<>();
    Instant inLine = null;
    Instant taken = null;
    List<History.Step> steps = after.history().steps();
    for (int i = 0; i < steps.size(); i++) {
      History.Step step = steps.get(i);
      boolean news = i >= before.history().steps().size();
      if (step.status().equals(JobStatus.QUEUED.word())) {
        inLine = step.startedAt();
        taken = null;
      } else if (inLine != null && takenBy(step)) {
        add(queued, news, inLine, step);
        inLine = null;
        taken = step.startedAt();
      }
      if (taken != null && step.status().equals(Phase.TRAINING)) {
        add(launched, news, taken, step);
        taken = null;
      }
    }
    return new MeasuredTimes(queued, launched, trained(after, steps));
  }

  private static boolean takenBy(History.Step step) {
    return !JobState.waits(step.status()) && !step.status().equals(Phase.STOPPING);
  }

  private static void add(List<Duration> known, boolean news, Instant from, History.Step step) {
    if (news) {
      known.add(length(from, step.startedAt()));
    }
  }

  private static Optional<Duration> trained(JobState after, List<History.Step> steps) {
    return after.status().terminal()
        ? steps.stream()
            .filter(step -> step.status().equals(Phase.TRAINING))
            .map(step -> length(step.startedAt(), step.endedAt()))
            .reduce(Duration::plus)
        : Optional.empty();
  }

  /** Times come from several clocks; none runs backwards here. */
  private static Duration length(Instant from, @Nullable Instant to) {
    return to == null || to.isBefore(from) ? Duration.ZERO : Duration.between(from, to);
  }
}
