package io.byoa.engine;

import io.byoa.common.Failure;
import java.util.Optional;

/**
 * A place where training jobs run: this machine, or Amazon SageMaker.
 *
 * <p>What every engine promises, and the contract suite checks:
 *
 * <ul>
 *   <li>The {@link LaunchName} is the idempotency key. {@link #launch} under a name that the engine
 *       already knows starts nothing and answers {@link LaunchAnswer.Accepted}; a caller that did
 *       not get an answer asks again under the same name.
 *   <li>A launched job goes on without its caller: it survives the end of this process, and {@link
 *       #observe} finds it again, running or ended.
 *   <li>What {@link #observe} says never runs backwards: phases and attempts are only added to, and
 *       after {@link Observation.Ended} it says the same until {@link #discard}.
 *   <li>Any call may throw {@link EngineUnavailableException}: nothing is known about its effect
 *       then, and the caller tries again later. No other exception is part of the contract.
 * </ul>
 *
 * <p>Engines are called by the reconciler alone, never inside a request or a transaction, except
 * for {@link #refuses}, which must answer from memory.
 */
public interface TrainingEngine {

  /**
   * The name that clients and the configuration use, such as {@code local} or {@code sagemaker}.
   */
  String name();

  /**
   * Whether jobs run on this very machine, so that only a server with the same data folder can
   * follow them.
   */
  boolean boundToThisMachine();

  /**
   * Why this engine cannot run a job with these needs, known before anything is queued; empty when
   * it can. Pure and quick.
   */
  Optional<Failure> refuses(LaunchNeeds needs);

  /** Starts the ordered job, or says why not now or never. */
  LaunchAnswer launch(TrainingOrder order);

  /** What the engine knows about a job. */
  Observation observe(LaunchName name);

  /**
   * Asks the job to stop: SIGTERM, a grace period, then SIGKILL. Idempotent; a job that has ended
   * or is not known stays as it is. What the job left is kept.
   */
  void stop(LaunchName name);

  /**
   * Takes the machine away without notice, as a spot interruption does; the job starts again from
   * its checkpoints as its next attempt. False when this engine cannot, or the job is not training.
   */
  boolean interrupt(LaunchName name);

  /**
   * The job's output from byte {@code offset} on, at most {@code limit} bytes; empty content when
   * there is nothing more for now. Bytes that were read once never change.
   */
  LogSlice readLog(LaunchName name, long offset, int limit);

  /**
   * Forgets an ended job: its working files go, the outputs in the store and the job's checkpoints
   * stay. Idempotent.
   *
   * @param last whether no further launch of the same job will come, so that checkpoints may go too
   */
  void discard(LaunchName name, boolean last);
}
