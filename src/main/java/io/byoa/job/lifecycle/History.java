package io.byoa.job.lifecycle;

import io.byoa.engine.Fault;
import io.byoa.engine.Observation.Attempt;
import io.byoa.engine.Observation.Phase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A job's past: its timeline over all launches, the starts of its program, and what became of
 * launches that another one followed.
 *
 * @param steps oldest first; all but the last have ended
 * @param attempts numbered from 1 over all launches
 * @param phasesSeen how many phases of the current launch are among the steps
 * @param attemptsBefore how many of the attempts belong to earlier launches
 * @param launches those before the current one, oldest first
 */
public record History(
    List<Step> steps,
    List<Attempt> attempts,
    int phasesSeen,
    int attemptsBefore,
    List<PastLaunch> launches) {

  /** Copies the lists; what was stored before launches were kept has none. */
  public History {
    steps = List.copyOf(steps);
    attempts = List.copyOf(attempts);
    launches = launches == null ? List.of() : List.copyOf(launches);
  }

  /**
   * A launch that ended, and that another one followed.
   *
   * @param launch its number
   * @param billableSeconds what the provider charges for, per machine; absent when it does not say
   * @param fault why it was not the last
   */
  public record PastLaunch(
      int launch, @Nullable Long billableSeconds, Instant endedAt, Fault.Code fault) {}

  /** What the provider charges for launches before the current one; absent when it never said. */
  @Nullable Long billableBefore() {
    return launches.stream()
        .map(PastLaunch::billableSeconds)
        .filter(Objects::nonNull)
        .reduce(Long::sum)
        .orElse(null);
  }

  /**
   * One stretch of the timeline.
   *
   * @param status a status or secondary status
   */
  public record Step(
      String status, Instant startedAt, @Nullable Instant endedAt, @Nullable String message) {

    private Instant endedAtOr(Instant other) {
      return endedAt == null ? other : endedAt;
    }
  }

  static History startingWith(String status, Instant at, String message) {
    return new History(List.of(new Step(status, at, null, message)), List.of(), 0, 0, List.of());
  }

  /**
   * The current step ends and another begins; a step of the same name only gets the new message.
   */
  History then(String status, Instant at, @Nullable String message) {
    Step last = steps.getLast();
    if (last.status().equals(status) && last.endedAt() == null) {
      return withLast(new Step(status, last.startedAt(), null, message));
    }
    return withPhase(status, at, message);
  }

  private History withPhase(String status, Instant at, @Nullable String message) {
    History closed = endedAt(at);
    List<Step> longer = new ArrayList<>(closed.steps);
    longer.add(new Step(status, closed.steps.getLast().endedAtOr(at), null, message));
    return new History(longer, attempts, phasesSeen, attemptsBefore, launches);
  }

  /** The current step ends; times never run backwards, whatever clock they come from. */
  History endedAt(Instant at) {
    Step last = steps.getLast();
    if (last.endedAt() != null) {
      return this;
    }
    Instant end = at.isBefore(last.startedAt()) ? last.startedAt() : at;
    return withLast(new Step(last.status(), last.startedAt(), end, last.message()));
  }

  private History withLast(Step step) {
    List<Step> changed = new ArrayList<>(steps);
    changed.set(changed.size() - 1, step);
    return new History(changed, attempts, phasesSeen, attemptsBefore, launches);
  }

  /** Takes in what the engine reports of the current launch. */
  History merge(List<Phase> phases, List<Attempt> seen) {
    History merged = this;
    if (phasesSeen > 0 && phases.size() >= phasesSeen && steps.getLast().endedAt() == null) {
      Phase current = phases.get(phasesSeen - 1);
      Step last = steps.getLast();
      if (last.status().equals(current.name())) {
        merged =
            merged.withLast(new Step(last.status(), last.startedAt(), null, current.message()));
      }
    }
    for (Phase phase : phases.subList(Math.min(phasesSeen, phases.size()), phases.size())) {
      // Engines repeat a phase after an interruption, so a step of the same name is a new step,
      // except for the first one, which the launch itself has already put there.
      merged =
          merged.phasesSeen == 0 && merged.steps.getLast().status().equals(phase.name())
              ? merged.then(phase.name(), phase.startedAt(), phase.message())
              : merged.withPhase(phase.name(), phase.startedAt(), phase.message());
      merged =
          new History(
              merged.steps,
              merged.attempts,
              merged.phasesSeen + 1,
              merged.attemptsBefore,
              launches);
    }
    return merged.withAttempts(seen);
  }

  private History withAttempts(List<Attempt> seen) {
    List<Attempt> all = new ArrayList<>(attempts.subList(0, attemptsBefore));
    for (Attempt attempt : seen) {
      all.add(attempt.numbered(attemptsBefore + attempt.number()));
    }
    return new History(steps, all, phasesSeen, attemptsBefore, launches);
  }

  /** The current launch is over, and another one follows. */
  History forNextLaunch(PastLaunch over) {
    List<PastLaunch> more = new ArrayList<>(launches);
    more.add(over);
    return new History(steps, attempts, 0, attempts.size(), more);
  }

  /**
   * When the current launch left the line, which is not before it was asked for; while it is in
   * line, when it last began to wait.
   */
  Instant leftTheLineAt() {
    int i = steps.size() - 1;
    while (i > 0
        && !JobState.waits(steps.get(i).status())
        && !JobState.waits(steps.get(i - 1).status())) {
      i--;
    }
    return steps.get(i).startedAt();
  }
}
