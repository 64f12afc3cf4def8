package io.byoa.reconcile;

import io.byoa.engine.EngineUnavailableException;
import io.byoa.engine.Engines;
import io.byoa.engine.LaunchName;
import io.byoa.engine.LogSlice;
import io.byoa.engine.Observation;
import io.byoa.engine.TrainingEngine;
import io.byoa.job.Job;
import io.byoa.job.JobJournal;
import io.byoa.job.LogIntake;
import io.byoa.job.claim.ClaimRepository;
import io.byoa.job.claim.Lease;
import io.byoa.job.intake.MetricScanner;
import io.byoa.job.lifecycle.JobStatus;
import io.byoa.job.lifecycle.Stimulus;
import io.byoa.job.telemetry.JobTraces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/** Follows launched jobs: their output, what their engine sees of them, and their end. */
@Singleton
class Follower {

  private static final Logger LOG = Logger.getLogger(Follower.class);

  /** Bytes of output taken in by one transaction; several times the longest line. */
  private static final int SLICE = 256 * 1024;

  /** Transactions for one job and look, so that a flood of output does not hold up the others. */
  private static final int SLICES_A_LOOK = 16;

  private final Engines engines;
  private final JobJournal journal;
  private final LogIntake intake;
  private final Scanners scanners;
  private final ClaimRepository claims;
  private final Silence silence;
  private final InstantSource time;
  private final JobTraces traces;

  Follower(
      Engines engines,
      JobJournal journal,
      LogIntake intake,
      Scanners scanners,
      ClaimRepository claims,
      ReconcileConfig config,
      RandomGenerator random,
      InstantSource time,
      JobTraces traces) {
    this.engines = engines;
    this.journal = journal;
    this.intake = intake;
    this.scanners = scanners;
    this.claims = claims;
    this.silence = new Silence(config, random);
    this.time = time;
    this.traces = traces;
  }

  /** Looks at one launched or ended job. */
  void look(Job job, Round round) {
    traces.step(() -> lookAt(job, round));
  }

  private void lookAt(Job job, Round round) {
    TrainingEngine engine = engines.find(job.engine()).orElse(null);
    if (engine == null) {
      LOG.warnf("The engine '%s' is not part of this installation any more", job.engine());
      round.again(job, Duration.ofMinutes(1));
      return;
    }
    try {
      if (job.state().status().terminal()) {
        tidy(job, engine, round);
      } else {
        follow(job, engine, round);
      }
      silence.answered(job.engine());
    } catch (EngineUnavailableException e) {
      LOG.infof("%s; looking again later", e.getMessage());
      round.setAside(job, silence.unanswered(job.engine()));
    }
  }

  private void follow(Job job, TrainingEngine engine, Round round) {
    LaunchName name = name(job, job.state().launch());
    if (job.state().status() == JobStatus.STOPPING) {
      engine.stop(name);
    }
    Observation seen = engine.observe(name);
    if (seen instanceof Observation.Unknown && !isCertain(job, engine)) {
      round.again(job, round.follow());
      return;
    }
    boolean readToItsEnd = takeIn(job, engine, round.lease());
    if (seen instanceof Observation.Ended && !readToItsEnd) {
      // The end is told only after the last line, so that a result holds every metric.
      round.again(job, Duration.ZERO);
      return;
    }
    if (!journal.isNews(job, seen)) {
      round.again(job, round.follow());
      return;
    }
    Job now = journal.happened(job.id(), round.lease(), new Stimulus.Observed(seen)).orElseThrow();
    if (now.state().status().terminal()) {
      claims.wakeWaiting(round.lease(), job.engine());
      tidy(now, engine, round);
    } else if (now.state().status() != JobStatus.QUEUED) {
      round.again(now, round.follow());
    }
  }

  /**
   * Whether an engine that does not know the job's current launch never will: this machine knows
   * what runs on it; others may hear of a launch late, or tell late.
   */
  boolean isCertain(Job job, TrainingEngine engine) {
    return engine.boundToThisMachine() || job.state().settled(time.instant());
  }

  /**
   * Takes in what the job has put out since the last look.
   *
   * @return whether the current launch's output has been read to its end
   */
  private boolean takeIn(Job job, TrainingEngine engine, Lease lease) {
    MetricScanner scanner = scanners.of(job);
    Job.LogPosition position = job.log();
    for (int i = 0; i < SLICES_A_LOOK && !position.done(); i++) {
      LogSlice slice = engine.readLog(name(job, position.launch()), position.offset(), SLICE);
      if (slice.content().length == 0 && !slice.last()) {
        return false;
      }
      Job.LogPosition next = intake.take(job.id(), lease, position.launch(), slice, scanner);
      if (next.equals(position)) {
        return false;
      }
      position = next;
    }
    return position.done();
  }

  /** Reads and forgets launches before the current one; false when there is more to read. */
  boolean finishEarlierLaunches(Job job, TrainingEngine engine, Lease lease) {
    MetricScanner scanner = scanners.of(job);
    Job.LogPosition position = job.log();
    for (int i = 0; i < SLICES_A_LOOK && position.launch() < job.state().launch(); i++) {
      LaunchName earlier = name(job, position.launch());
      LogSlice slice = engine.readLog(earlier, position.offset(), SLICE);
      Job.LogPosition next = intake.take(job.id(), lease, position.launch(), slice, scanner);
      if (next.launch() > position.launch()) {
        engine.discard(earlier, false);
      }
      position = next;
    }
    return position.launch() == job.state().launch();
  }

  private void tidy(Job job, TrainingEngine engine, Round round) {
    // A crash between the end of an earlier launch's output and its discard left it there.
    for (int launch = 1; launch < job.state().launch(); launch++) {
      engine.discard(name(job, launch), false);
    }
    engine.discard(name(job, job.state().launch()), true);
    round.finished(job);
  }

  private static LaunchName name(Job job, int launch) {
    return LaunchName.of(job.algorithm(), job.id(), launch);
  }
}
