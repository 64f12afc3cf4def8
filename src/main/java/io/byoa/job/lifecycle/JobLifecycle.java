package io.byoa.job.lifecycle;

import io.byoa.engine.Fault;
import io.byoa.engine.LaunchAnswer.Shortage;
import io.byoa.engine.Observation;
import io.byoa.engine.Observation.Active;
import io.byoa.engine.Observation.End;
import io.byoa.engine.Observation.Ended;
import io.byoa.engine.Observation.Phase;
import io.byoa.engine.Observation.Unknown;
import io.byoa.engine.Outputs;
import io.byoa.job.lifecycle.Stimulus.LaunchAccepted;
import io.byoa.job.lifecycle.Stimulus.LaunchDeferred;
import io.byoa.job.lifecycle.Stimulus.LaunchIntended;
import io.byoa.job.lifecycle.Stimulus.LaunchRefused;
import io.byoa.job.lifecycle.Stimulus.LaunchUnanswered;
import io.byoa.job.lifecycle.Stimulus.Observed;
import io.byoa.job.lifecycle.Stimulus.StopAsked;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of a job: {@code (stored, happened, now)} to the next state, or nothing.
 *
 * <p>Pure, and total: every pair of a status and a stimulus has an answer, most of them "nothing".
 * Terminal statuses are final. {@link JobTransition} lists the moves.
 */
public final class JobLifecycle {

  /** Before another launch: a machine or provider in trouble is given time to get out of it. */
  private static final Backoff RETRY = new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(10));

  private JobLifecycle() {}

  /**
   * A move and where it leads.
   *
   * @param waitAtMost the next look is due after a random part of this; see {@link Backoff}
   */
  public record Decision(JobTransition transition, JobState next, Duration waitAtMost) {
    Decision(JobTransition transition, JobState next) {
      this(transition, next, Duration.ZERO);
    }
  }

  /** What follows; empty when nothing does. */
  public static Optional<Decision> decide(JobState job, Stimulus stimulus, Instant now) {
    if (job.status().terminal()) {
      return Optional.empty();
    }
    Optional<Decision> decision =
        switch (stimulus) {
          case StopAsked asked -> stop(job, asked, now);
          case LaunchIntended ignored -> intend(job);
          case LaunchAccepted ignored -> accept(job, now);
          case LaunchDeferred deferred -> defer(job, deferred, now);
          case LaunchUnanswered unanswered -> keepAsking(job, unanswered, now);
          case LaunchRefused refused -> refuse(job, refused.fault(), now);
          case Observed observed -> observe(job, observed.observation(), now);
        };
    return decision.filter(d -> !d.next().equals(job));
  }

  private static Optional<Decision> stop(JobState job, StopAsked asked, Instant now) {
    if (job.status() == JobStatus.STOPPING) {
      return Optional.empty();
    }
    String by = "Asked to stop by " + asked.by() + ".";
    if (job.status() == JobStatus.QUEUED && !job.launching()) {
      return end(JobTransition.CANCELLED, job, by, new Ending(now, null, job.outputs(), null));
    }
    return move(JobTransition.STOP_ASKED, job, Phase.STOPPING, by, now);
  }

  private static Optional<Decision> intend(JobState job) {
    return job.status() == JobStatus.QUEUED
        ? Optional.of(new Decision(JobTransition.INTENDED, job.launching(true)))
        : Optional.empty();
  }

  private static Optional<Decision> accept(JobState job, Instant now) {
    return job.status() == JobStatus.QUEUED
        ? move(JobTransition.LAUNCHED, job.started(now), Phase.STARTING, "Starting.", now)
        : Optional.empty();
  }

  private static Optional<Decision> defer(JobState job, LaunchDeferred deferred, Instant now) {
    return switch (job.status()) {
      case QUEUED -> {
        // A wait is told on the timeline once, not at every look.
        History past = job.history().then(waiting(deferred.reason()), now, deferred.message());
        yield Optional.of(
            new Decision(
                JobTransition.DEFERRED,
                job.launching(false)
                    .with(JobStatus.QUEUED, waiting(deferred.reason()), deferred.message(), past)));
      }
      // The engine promises that it started nothing, so there is nothing left to stop.
      case STOPPING ->
          end(JobTransition.HALTED, job, job.message(), new Ending(now, null, job.outputs(), null));
      case IN_PROGRESS, COMPLETED, FAILED, STOPPED -> Optional.empty();
    };
  }

  /** The engine may know the launch, so it stays under way and is asked for under the same name. */
  private static Optional<Decision> keepAsking(
      JobState job, LaunchUnanswered unanswered, Instant now) {
    return job.status() == JobStatus.QUEUED
        ? move(JobTransition.DEFERRED, job, JobState.WAITING_FOR_ENGINE, unanswered.message(), now)
        : Optional.empty();
  }

  /** The secondary status of a job that waits for what is missing. */
  static String waiting(Shortage reason) {
    return switch (reason) {
      case SLOT -> JobState.WAITING_FOR_SLOT;
      case QUOTA -> "WaitingForQuota";
      case CAPACITY -> "WaitingForCapacity";
    };
  }

  private static Optional<Decision> refuse(JobState job, Fault fault, Instant now) {
    return switch (job.status()) {
      case QUEUED, STOPPING -> fail(job, fault, new Ending(now, fault, job.outputs(), null));
      case IN_PROGRESS, COMPLETED, FAILED, STOPPED -> Optional.empty();
    };
  }

  private static Optional<Decision> observe(JobState job, Observation seen, Instant now) {
    return switch (seen) {
      case Unknown ignored -> unknown(job, now);
      case Active active -> follow(job, active);
      case Ended ended -> finish(job, ended);
    };
  }

  private static Optional<Decision> unknown(JobState job, Instant now) {
    return switch (job.status()) {
      // Not there yet: the launch is tried again under the same name.
      case QUEUED -> Optional.empty();
      case IN_PROGRESS -> {
        Fault gone =
            new Fault(
                Fault.Code.DELETED_EXTERNALLY,
                "The job is no longer known where it was running: somebody removed it there.");
        yield fail(job, gone, new Ending(now, gone, job.outputs(), null));
      }
      case STOPPING ->
          end(JobTransition.HALTED, job, job.message(), new Ending(now, null, job.outputs(), null));
      case COMPLETED, FAILED, STOPPED -> Optional.empty();
    };
  }

  private static Optional<Decision> follow(JobState job, Active active) {
    boolean stopping = job.status() == JobStatus.STOPPING;
    JobTransition transition =
        switch (job.status()) {
          case QUEUED -> JobTransition.LAUNCHED;
          case STOPPING -> JobTransition.WOUND_DOWN;
          case IN_PROGRESS, COMPLETED, FAILED, STOPPED -> JobTransition.MOVED;
        };
    JobState started = job.started(active.phases().getFirst().startedAt());
    History past = started.history().merge(active.phases(), active.attempts());
    Phase current = active.phases().getLast();
    String secondary = stopping ? job.secondaryStatus() : current.name();
    String message = stopping ? job.message() : current.sentence();
    return Optional.of(
        new Decision(transition, started.with(transition.to(), secondary, message, past)));
  }

  private static Optional<Decision> finish(JobState job, Ended ended) {
    JobState started =
        ended.phases().isEmpty() ? job : job.started(ended.phases().getFirst().startedAt());
    History past = started.history().merge(ended.phases(), ended.attempts());
    JobState last = started.with(job.status(), job.secondaryStatus(), job.message(), past);
    Ending ending = new Ending(ended.endedAt(), null, ended.outputs(), ended.billableSeconds());
    return switch (ended.end()) {
      case End.Succeeded ignored -> end(JobTransition.SUCCEEDED, last, "Completed.", ending);
      case End.Stopped ignored -> end(JobTransition.HALTED, last, stoppedMessage(job), ending);
      case End.Failed failed -> fail(last, failed.fault(), ending.of(failed.fault()));
    };
  }

  private static String stoppedMessage(JobState job) {
    return job.status() == JobStatus.STOPPING
        ? job.message()
        : "Stopped where it was running, not through BYOA.";
  }

  /** A fault: once more, or the end. */
  private static Optional<Decision> fail(JobState job, Fault fault, Ending ending) {
    return switch (fault.code()) {
      case MAX_RUNTIME_EXCEEDED, MAX_WAIT_EXCEEDED ->
          end(JobTransition.TIMED_OUT, job, fault.detail(), ending);
      case PLATFORM_ERROR, PROVIDER_ERROR, INTERRUPTED, CAPACITY -> {
        if (job.status() == JobStatus.STOPPING) {
          yield end(JobTransition.HALTED, job, job.message(), ending);
        }
        yield job.retriesLeft() > 0
            ? retry(job, fault, ending)
            : end(JobTransition.GAVE_UP, job, fault.detail(), ending);
      }
      case PROGRAM_FAILED,
          DEPENDENCIES_FAILED,
          OUT_OF_MEMORY,
          INPUT_MISSING,
          CODE_ALTERED,
          DELETED_EXTERNALLY ->
          end(JobTransition.GAVE_UP, job, fault.detail(), ending);
    };
  }

  private static Optional<Decision> retry(JobState job, Fault fault, Ending ending) {
    String message = "Launching again: " + fault.detail();
    JobState next =
        job.nextLaunch(
            new History.PastLaunch(job.launch(), ending.billable(), ending.at(), fault.code()));
    History past = next.history().then(JobStatus.QUEUED.word(), ending.at(), message);
    // That a machine was taken away says nothing against the next one.
    Duration wait =
        fault.code() == Fault.Code.INTERRUPTED ? Duration.ZERO : RETRY.atMost(job.launch());
    return Optional.of(
        new Decision(
            JobTransition.RETRIED,
            next.with(JobTransition.RETRIED.to(), JobState.WAITING_FOR_RETRY, message, past),
            wait));
  }

  private record Ending(
      Instant at, @Nullable Fault fault, @Nullable Outputs outputs, @Nullable Long billable) {
    private Ending of(Fault cause) {
      return new Ending(at, cause, outputs, billable);
    }
  }

  private static Optional<Decision> move(
      JobTransition transition, JobState job, String secondary, String message, Instant now) {
    History past = job.history().then(secondary, now, message);
    return Optional.of(
        new Decision(transition, job.with(transition.to(), secondary, message, past)));
  }

  private static Optional<Decision> end(
      JobTransition transition, JobState job, String message, Ending ending) {
    String secondary =
        ending.fault() == null
            ? transition.to().word()
            : switch (ending.fault().code()) {
              case MAX_RUNTIME_EXCEEDED -> "MaxRuntimeExceeded";
              case MAX_WAIT_EXCEEDED -> "MaxWaitTimeExceeded";
              case PROGRAM_FAILED,
                  DEPENDENCIES_FAILED,
                  OUT_OF_MEMORY,
                  INTERRUPTED,
                  INPUT_MISSING,
                  CAPACITY,
                  PROVIDER_ERROR,
                  PLATFORM_ERROR,
                  CODE_ALTERED,
                  DELETED_EXTERNALLY ->
                  transition.to().word();
            };
    JobState closed =
        job.with(transition.to(), secondary, message, job.history())
            .ended(ending.at(), ending.fault(), ending.outputs(), ending.billable());
    return Optional.of(new Decision(transition, closed));
  }
}
