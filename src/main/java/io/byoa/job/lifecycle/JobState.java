package io.byoa.job.lifecycle;

import io.byoa.engine.Fault;
import io.byoa.engine.Outputs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a job that its lifecycle decides about.
 *
 * @param secondaryStatus what it does or waits for at present, an open set of words
 * @param message a sentence without running times
 * @param launch the number of the current or next engine job, from 1
 * @param launching whether the engine may know the current launch
 * @param retriesLeft launches that may follow after platform or provider faults
 * @param startedAt when the first launch was taken
 * @param billableSeconds what the provider charges for, per machine, over all launches; absent
 *     before the end, and when it does not say
 */
public record JobState(
    JobStatus status,
    String secondaryStatus,
    String message,
    int launch,
    boolean launching,
    int retriesLeft,
    History history,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable Fault failure,
    @Nullable Outputs outputs,
    @Nullable Long billableSeconds) {

  /** The secondary status of a job whose turn has not come; it is accepted with it. */
  static final String WAITING_FOR_SLOT = "WaitingForSlot";

  /** The secondary status of a job that the platform failed, until it is launched again. */
  static final String WAITING_FOR_RETRY = "WaitingForRetry";

  /** The secondary status of a job whose engine does not answer. */
  static final String WAITING_FOR_ENGINE = "WaitingForEngine";

  /**
   * How long an engine that is far away may not know of a launch that it has been asked for: many
   * times what a call takes, and what a provider's copies take to agree.
   */
  static final Duration SETTLING = Duration.ofSeconds(60);

  /** A job that has just been accepted. */
  public static JobState accepted(int retries, Instant now) {
    String message = "Waiting for a slot; jobs accepted earlier go first.";
    return new JobState(
        JobStatus.QUEUED,
        WAITING_FOR_SLOT,
        message,
        1,
        false,
        retries,
        History.startingWith(JobStatus.QUEUED.word(), now, message),
        now,
        null,
        null,
        null,
        null,
        null);
  }

  /** Whether a step of this name is waiting in line. */
  static boolean waits(String step) {
    return step.equals(JobStatus.QUEUED.word()) || step.startsWith("WaitingFor");
  }

  JobState with(JobStatus to, String secondary, String text, History past) {
    return new JobState(
        to,
        secondary,
        text,
        launch,
        launching,
        retriesLeft,
        past,
        createdAt,
        startedAt,
        endedAt,
        failure,
        outputs,
        billableSeconds);
  }

  JobState launching(boolean may) {
    return new JobState(
        status,
        secondaryStatus,
        message,
        launch,
        may,
        retriesLeft,
        history,
        createdAt,
        startedAt,
        endedAt,
        failure,
        outputs,
        billableSeconds);
  }

  JobState started(Instant at) {
    return new JobState(
        status,
        secondaryStatus,
        message,
        launch,
        true,
        retriesLeft,
        history,
        createdAt,
        startedAt == null ? at : startedAt,
        endedAt,
        failure,
        outputs,
        billableSeconds);
  }

  /** The current launch is over, and another one will follow. */
  JobState nextLaunch(History.PastLaunch over) {
    return new JobState(
        status,
        secondaryStatus,
        message,
        launch + 1,
        false,
        retriesLeft - 1,
        history.forNextLaunch(over),
        createdAt,
        startedAt,
        endedAt,
        failure,
        outputs,
        billableSeconds);
  }

  JobState ended(
      Instant at, @Nullable Fault fault, @Nullable Outputs left, @Nullable Long billable) {
    Long before = history.billableBefore();
    Long all = before == null ? billable : Long.valueOf(before + (billable == null ? 0 : billable));
    return new JobState(
        status,
        secondaryStatus,
        message,
        launch,
        false,
        retriesLeft,
        history.endedAt(at),
        createdAt,
        startedAt,
        at,
        fault,
        left,
        all);
  }

  /**
   * Whether an engine that is far away and does not know the current launch will not come to know
   * it either. One in line has been asked for at an unknown time, so it waits for its engine first.
   */
  public boolean settled(Instant now) {
    boolean asked = status != JobStatus.QUEUED || secondaryStatus.equals(WAITING_FOR_ENGINE);
    return asked && !now.isBefore(history.leftTheLineAt().plus(SETTLING));
  }

  /** Whether people cannot tell the two apart. */
  public boolean looksLike(JobState other) {
    return launching(other.launching).equals(other);
  }

  /**
   * What the job has gone through since that state, while nobody looked: the new steps of its
   * timeline except the one that it is in.
   */
  public List<History.Step> passedSince(JobState before) {
    List<History.Step> steps = history.steps();
    int over = status.terminal() ? steps.size() : steps.size() - 1;
    return steps.subList(Math.min(before.history.steps().size(), over), over);
  }

  /**
   * When the job came out of that state into this one: by the clock of where it runs, if it was
   * told from there.
   */
  public Instant cameAbout(JobState before, Instant now) {
    if (endedAt != null) {
      return endedAt;
    }
    List<History.Step> steps = history.steps();
    return steps.size() > before.history.steps().size() ? steps.getLast().startedAt() : now;
  }

  /** What has been on the job's timeline so far; see {@link History}. */
  public List<History.Step> transitions() {
    return history.steps();
  }
}
