package io.byoa.job.lifecycle;

import io.byoa.engine.Observation.Attempt;
import io.byoa.engine.Observation.Phase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job's past: its timeline over all launches, and the starts of its program.
 *
 * @param steps oldest first; all but the last have ended
 * @param attempts numbered from 1 over all launches
 * @param phasesSeen how many phases of the current launch are among the steps
 * @param attemptsBefore how many of the attempts belong to earlier launches
 */
public record History(
    List<Step> steps, List<Attempt> attempts, int phasesSeen, int attemptsBefore) {

  /** Copies the lists. */
  public History {
    steps = List.copyOf(steps);
    attempts = List.copyOf(attempts);
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
    return new History(List.of(new Step(status, at, null, message)), List.of(), 0, 0);
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
    return new History(longer, attempts, phasesSeen, attemptsBefore);
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
    return new History(changed, attempts, phasesSeen, attemptsBefore);
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
          new History(merged.steps, merged.attempts, merged.phasesSeen + 1, merged.attemptsBefore);
    }
    return merged.withAttempts(seen);
  }

  private History withAttempts(List<Attempt> seen) {
    List<Attempt> all = new ArrayList<>(attempts.subList(0, attemptsBefore));
    for (Attempt attempt : seen) {
      all.add(
          new Attempt(
              attemptsBefore + attempt.number(),
              attempt.startedAt(),
              attempt.endedAt(),
              attempt.end()));
    }
    return new History(steps, all, phasesSeen, attemptsBefore);
  }

  History forNextLaunch() {
    return new History(steps, attempts, 0, attempts.size());
  }
}
