package io.byoa.engine.local;

import io.byoa.engine.Observation;
import io.byoa.engine.Observation.Attempt;
import io.byoa.engine.Observation.Phase;
import io.byoa.engine.Outputs;
import io.byoa.engine.local.process.Ending;
import io.byoa.store.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a launch has come. Every change is written down before it takes effect; nothing is ever
 * taken back.
 *
 * @param slot the place it takes on this machine, from 1
 * @param logStart where in the log the output of the current attempt starts
 * @param packages what an installer put into the environment
 * @param verdict how it ended, known before outputs are in the store
 * @param endedAt when it was over, outputs stored
 * @param outputs what it left, once it is over
 */
record LaunchRecord(
    Instant acceptedAt,
    int slot,
    List<Phase> phases,
    List<Attempt> attempts,
    long logStart,
    @Nullable StoredObject packages,
    Observation.@Nullable End verdict,
    @Nullable Instant endedAt,
    @Nullable Outputs outputs) {

  LaunchRecord {
    phases = List.copyOf(phases);
    attempts = List.copyOf(attempts);
  }

  static LaunchRecord accepted(Instant now, int slot, Machine machine) {
    String message =
        "Starting on slot %d of %d. Sandbox: %s."
            .formatted(slot, machine.slots().count(), machine.sandbox().tier().name());
    Phase starting = new Phase(Phase.STARTING, now, message);
    return new LaunchRecord(now, slot, List.of(starting), List.of(), 0, null, null, null, null);
  }

  /** Whether this start of the program has come to a phase already, as after a server's restart. */
  boolean hasReached(String phase) {
    List<String> names = phases.stream().map(Phase::name).toList();
    int interrupted = names.lastIndexOf(Phase.INTERRUPTED);
    return names.subList(interrupted + 1, names.size()).contains(phase);
  }

  LaunchRecord entering(String phase, Instant now, @Nullable String message) {
    List<Phase> longer = new ArrayList<>(phases);
    longer.add(new Phase(phase, now, message));
    return new LaunchRecord(
        acceptedAt, slot, longer, attempts, logStart, packages, verdict, endedAt, outputs);
  }

  /** The attempt that runs. */
  @Nullable Attempt running() {
    return attempts.isEmpty() || attempts.getLast().endedAt() != null ? null : attempts.getLast();
  }

  /** The program starts: one more attempt, and the phase with it. */
  LaunchRecord startingAttempt(Instant now, long logEnd) {
    int number = attempts.size() + 1;
    List<Attempt> longer = new ArrayList<>(attempts);
    longer.add(new Attempt(number, now, null, null));
    return new LaunchRecord(
            acceptedAt, slot, phases, longer, logEnd, packages, verdict, endedAt, outputs)
        .entering(
            Phase.TRAINING,
            now,
            number == 1 ? "Training." : "Training, attempt %d.".formatted(number));
  }

  LaunchRecord endingAttempt(Instant now, Ending ending) {
    return endingAttempt(now, ending.word(), ending.exitCode(), ending.signal());
  }

  /** The attempt ends without anybody knowing how. */
  LaunchRecord losingAttempt(Instant now) {
    return endingAttempt(now, "Failed", null, null);
  }

  private LaunchRecord endingAttempt(
      Instant now, String end, @Nullable Integer exitCode, @Nullable String signal) {
    List<Attempt> changed = new ArrayList<>(attempts);
    Attempt last = changed.removeLast();
    changed.add(new Attempt(last.number(), last.startedAt(), now, end, exitCode, signal));
    return new LaunchRecord(
        acceptedAt, slot, phases, changed, logStart, packages, verdict, endedAt, outputs);
  }

  LaunchRecord withPackages(StoredObject list) {
    return new LaunchRecord(
        acceptedAt, slot, phases, attempts, logStart, list, verdict, endedAt, outputs);
  }

  LaunchRecord withVerdict(Observation.End end) {
    return new LaunchRecord(
        acceptedAt, slot, phases, attempts, logStart, packages, end, endedAt, outputs);
  }

  LaunchRecord ended(Instant now, Outputs left) {
    return new LaunchRecord(
        acceptedAt, slot, phases, attempts, logStart, packages, verdict, now, left);
  }

  /** How long the program has run in attempts that are over. */
  Duration ran() {
    return attempts.stream()
        .filter(attempt -> attempt.endedAt() != null)
        .map(attempt -> Duration.between(attempt.startedAt(), attempt.endedAt()))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** When its program was last seen to end; empty when it never started, or runs. */
  Optional<Instant> programEndedAt() {
    return attempts.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(attempts.getLast().endedAt());
  }

  boolean over() {
    return endedAt != null;
  }

  Observation observation() {
    return endedAt == null || verdict == null || outputs == null
        ? new Observation.Active(phases, attempts)
        : new Observation.Ended(verdict, endedAt, phases, attempts, outputs, null);
  }
}
