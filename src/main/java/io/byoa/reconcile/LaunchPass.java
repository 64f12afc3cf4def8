package io.byoa.reconcile;

import io.byoa.common.Failure;
import io.byoa.common.FailureException;
import io.byoa.engine.EngineUnavailableException;
import io.byoa.engine.Engines;
import io.byoa.engine.Fault;
import io.byoa.engine.LaunchAnswer;
import io.byoa.engine.LaunchName;
import io.byoa.engine.Observation;
import io.byoa.engine.TrainingEngine;
import io.byoa.engine.TrainingOrder;
import io.byoa.job.Job;
import io.byoa.job.JobJournal;
import io.byoa.job.claim.ClaimRepository;
import io.byoa.job.lifecycle.JobStatus;
import io.byoa.job.lifecycle.Stimulus;
import io.byoa.job.telemetry.JobTraces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/** Launches the jobs in line for one engine, in the order in which they were accepted. */
@Singleton
class LaunchPass {

  private static final Logger LOG = Logger.getLogger(LaunchPass.class);

  /** A freed slot wakes the line, so this is only for a wake-up that was lost. */
  private static final Duration SLOT_RECHECK = Duration.ofSeconds(15);

  private final Engines engines;
  private final OrderAssembly orders;
  private final JobJournal journal;
  private final ClaimRepository claims;
  private final Follower follower;
  private final ReconcileConfig config;
  private final Silence silence;
  private final JobTraces traces;

  LaunchPass(
      Engines engines,
      OrderAssembly orders,
      JobJournal journal,
      ClaimRepository claims,
      Follower follower,
      ReconcileConfig config,
      RandomGenerator random,
      JobTraces traces) {
    this.engines = engines;
    this.orders = orders;
    this.journal = journal;
    this.claims = claims;
    this.follower = follower;
    this.config = config;
    this.silence = new Silence(config, random);
    this.traces = traces;
  }

  /** Tries these jobs of one engine, oldest first. */
  void run(String engineName, List<Job> waiting, Round round) {
    Line line = new Line(engineName);
    Optional<TrainingEngine> engine = engines.find(engineName);
    for (Job job : waiting) {
      round.handle(
          job.id(),
          () -> {
            if (engine.isEmpty()) {
              journal.happened(job.id(), round.lease(), withoutEngine(engineName));
              return;
            }
            Optional<Stimulus> closed = line.closedTo(job);
            if (closed.isPresent()) {
              letWait(job, closed.get(), line, round);
            } else {
              traces.step(() -> tryOne(job, engine.get(), line, round));
            }
          });
    }
    round.flush();
    if (line.closed()) {
      // Those behind the ones in this batch too.
      claims.postponeWaiting(
          round.lease(), engineName, line.full() ? SLOT_RECHECK : silence.unanswered(engineName));
    }
  }

  private static Stimulus withoutEngine(String engine) {
    return new Stimulus.LaunchRefused(
        new Fault(
            Fault.Code.PLATFORM_ERROR,
            "This installation no longer has the engine '" + engine + "'."));
  }

  /** A job that waits for the same already is left alone. */
  private void letWait(Job job, Stimulus closed, Line line, Round round) {
    Job now =
        closed instanceof Stimulus.LaunchDeferred deferred && deferred.isOn(job.state())
            ? job
            : journal.happened(job.id(), round.lease(), closed).orElseThrow();
    if (now.state().status() == JobStatus.QUEUED && !line.closed()) {
      round.again(now, config.unavailable());
    }
  }

  private void tryOne(Job job, TrainingEngine engine, Line line, Round round) {
    boolean askedBefore = job.state().launching();
    try {
      tryTo(job, engine, line, round);
    } catch (EngineUnavailableException e) {
      LOG.infof("%s; trying again under the same name", e.getMessage());
      line.didNotAnswer();
      round.unanswered();
      // Once is nothing to trouble people with.
      Job now =
          askedBefore
              ? journal.happened(job.id(), round.lease(), line.unanswered()).orElseThrow()
              : job;
      round.again(now, silence.unanswered(job.engine()));
    }
  }

  private void tryTo(Job job, TrainingEngine engine, Line line, Round round) {
    try {
      launch(job, engine, line, round);
    } catch (FailureException e) {
      if (passing(e.failure())) {
        LOG.infof("%s; trying again", e.getMessage());
        round.again(job, config.unavailable());
      } else if (job.state().launching()) {
        cannotBeAskedAgain(job, engine, fault(e.failure()), line, round);
      } else {
        journal.happened(job.id(), round.lease(), new Stimulus.LaunchRefused(fault(e.failure())));
      }
    }
  }

  /**
   * The engine was asked before and did not answer, and now there is no order to ask it with again.
   * What runs there under the job's name is the job all the same; only when nothing does is it
   * refused, and nothing runs on that nobody follows.
   */
  private void cannotBeAskedAgain(
      Job job, TrainingEngine engine, Fault fault, Line line, Round round) {
    LaunchName name = LaunchName.of(job.algorithm(), job.id(), job.state().launch());
    if (!(engine.observe(name) instanceof Observation.Unknown)) {
      journal.happened(job.id(), round.lease(), new Stimulus.LaunchAccepted());
    } else if (follower.isCertain(job, engine)) {
      journal.happened(job.id(), round.lease(), new Stimulus.LaunchRefused(fault));
    } else {
      Job now = journal.happened(job.id(), round.lease(), line.unanswered()).orElseThrow();
      round.again(now, config.unavailable());
    }
  }

  private void launch(Job job, TrainingEngine engine, Line line, Round round) {
    if (!follower.finishEarlierLaunches(job, engine, round.lease())) {
      round.again(job, round.follow());
      return;
    }
    TrainingOrder order =
        orders.assemble(job, LaunchName.of(job.algorithm(), job.id(), job.state().launch()));
    Job intended =
        journal.happened(job.id(), round.lease(), new Stimulus.LaunchIntended()).orElseThrow();
    if (intended.state().status() != JobStatus.QUEUED) {
      return;
    }
    LaunchAnswer answer = engine.launch(order);
    line.answered(job, answer);
    silence.answered(job.engine());
    Job now = journal.happened(job.id(), round.lease(), stimulus(answer)).orElseThrow();
    if (now.state().status() == JobStatus.QUEUED && answer instanceof LaunchAnswer.Deferred) {
      round.again(now, line.full() ? SLOT_RECHECK : config.unavailable());
    }
  }

  private static Stimulus stimulus(LaunchAnswer answer) {
    return switch (answer) {
      case LaunchAnswer.Accepted ignored -> new Stimulus.LaunchAccepted();
      case LaunchAnswer.Deferred deferred ->
          new Stimulus.LaunchDeferred(deferred.reason(), deferred.message());
      case LaunchAnswer.Rejected rejected -> new Stimulus.LaunchRefused(rejected.fault());
    };
  }

  /** Whether asking again later can help; the job is not to blame. */
  private static boolean passing(Failure failure) {
    return failure instanceof Failure.Unavailable || failure instanceof Failure.InsufficientStorage;
  }

  /** The order cannot be made: something that was there at launch has gone or changed since. */
  private static Fault fault(Failure failure) {
    String code = failure.code();
    if (code.equals("code-altered")) {
      return new Fault(Fault.Code.CODE_ALTERED, failure.detail());
    }
    return new Fault(
        code.startsWith("input-") || code.startsWith("dataset-")
            ? Fault.Code.INPUT_MISSING
            : Fault.Code.PLATFORM_ERROR,
        failure.detail());
  }
}
