package io.byoa.reconcile;

import io.byoa.engine.LaunchAnswer;
import io.byoa.engine.LaunchAnswer.Shortage;
import io.byoa.job.Job;
import io.byoa.job.lifecycle.Stimulus;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The line for one engine during one pass. Whoever is told to wait makes those wait who want the
 * same: a slot is wanted by all, quota and capacity by the jobs of an instance type. So nobody
 * overtakes, and a type that is short holds up no other.
 */
final class Line {

  /** An engine that does not answer twice in a row is not asked by the rest of the line. */
  private static final int SILENT = 2;

  private final String engine;
  private final Map<String, Shortage> shortOf = new HashMap<>();
  private boolean full;
  private int unanswered;

  Line(String engine) {
    this.engine = engine;
  }

  /** Why this job need not be tried; empty when it may. */
  Optional<Stimulus> closedTo(Job job) {
    if (silent()) {
      return Optional.of(unanswered());
    }
    if (job.state().launching()) {
      // The engine may have taken it already, and then nothing is short. Nobody else can tell.
      return Optional.empty();
    }
    @Nullable Shortage reason = full ? Shortage.SLOT : shortOf.get(job.request().instanceType());
    return reason == null ? Optional.empty() : Optional.of(behind(job, reason));
  }

  void answered(Job job, LaunchAnswer answer) {
    unanswered = 0;
    if (answer instanceof LaunchAnswer.Deferred deferred) {
      if (deferred.reason() == Shortage.SLOT) {
        full = true;
      } else {
        shortOf.put(job.request().instanceType(), deferred.reason());
      }
    }
  }

  void didNotAnswer() {
    unanswered++;
  }

  boolean full() {
    return full;
  }

  /** Whether nobody else in the line need be tried. */
  boolean closed() {
    return full || silent();
  }

  private boolean silent() {
    return unanswered >= SILENT;
  }

  /** The same words every time, so that a job's timeline tells it once. */
  Stimulus unanswered() {
    return new Stimulus.LaunchUnanswered(
        "The engine '%s' does not answer; the launch is tried again until it does."
            .formatted(engine));
  }

  private static Stimulus behind(Job job, Shortage reason) {
    String what =
        switch (reason) {
          case SLOT -> "a slot";
          case QUOTA -> "quota for " + job.request().instanceType();
          case CAPACITY -> "capacity of " + job.request().instanceType();
        };
    return new Stimulus.LaunchDeferred(
        reason, "Waiting for %s; jobs accepted earlier go first.".formatted(what));
  }
}
