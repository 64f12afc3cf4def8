package io.byoa.engine;

import io.byoa.common.Failure;
import io.byoa.engine.Observation.Attempt;
import io.byoa.engine.Observation.End;
import io.byoa.engine.Observation.Phase;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An engine in the heap whose jobs do what a test tells them to, for tests of those who use an
 * engine. It passes the same contract as the real ones.
 *
 * <p>A launched job stays in {@code Starting} until the test moves it, by {@link #job} or by a
 * script given with {@link #whenLaunched}. A stop ends a job at once, unless {@link #whenStopped}
 * says otherwise.
 */
public final class FakeEngine implements TrainingEngine {

  private final String name;
  private final InstantSource time;
  private final Map<LaunchName, Job> jobs = new HashMap<>();
  private final List<Job> ledger = new ArrayList<>();
  private final List<LaunchName> stops = new ArrayList<>();
  private final Deque<LaunchAnswer> answers = new ArrayDeque<>();
  private final Deque<Trouble> troubles = new ArrayDeque<>();
  private Consumer<Job> launched = job -> {};
  private Consumer<Job> stopped = job -> job.enter(Phase.STOPPING).end(new End.Stopped());
  private Consumer<Job> interrupted = Job::train;
  private boolean interruptible = true;
  private Function<LaunchNeeds, Optional<Failure>> refusal = needs -> Optional.empty();

  /** What goes wrong with a call. */
  public enum Trouble {
    /** Nothing. */
    NONE,
    /** Nothing happens, and the caller cannot know. */
    REQUEST_LOST,
    /** It happens, and the caller cannot know. */
    ANSWER_LOST
  }

  /** An engine of this name; its jobs' times come from {@code time}. */
  public FakeEngine(String name, InstantSource time) {
    this.name = name;
    this.time = time;
  }

  /** What happens to every job as soon as it is launched. */
  public synchronized FakeEngine whenLaunched(Consumer<Job> script) {
    launched = script;
    return this;
  }

  /** What happens to an active job that is asked to stop. */
  public synchronized FakeEngine whenStopped(Consumer<Job> script) {
    stopped = script;
    return this;
  }

  /** What happens to a job after an interruption; it trains again unless told otherwise. */
  public synchronized FakeEngine whenInterrupted(Consumer<Job> script) {
    interrupted = script;
    return this;
  }

  /** An engine that cannot take machines away. */
  public synchronized FakeEngine withoutInterruptions() {
    interruptible = false;
    return this;
  }

  /** What {@link #refuses} says. */
  public synchronized FakeEngine refusing(Function<LaunchNeeds, Optional<Failure>> why) {
    refusal = why;
    return this;
  }

  /** The next launch of an unknown name answers this, instead of accepting. */
  public synchronized FakeEngine answer(LaunchAnswer answer) {
    answers.add(answer);
    return this;
  }

  /** The next calls, one each, meet this trouble. */
  public synchronized FakeEngine trouble(Trouble... next) {
    troubles.addAll(Arrays.asList(next));
    return this;
  }

  /** The orders that became jobs, in their order; each name at most once. */
  public synchronized List<TrainingOrder> launches() {
    return ledger.stream().map(Job::order).toList();
  }

  /** Every job that was ever started, in their order, forgotten ones too: the ledger. */
  public synchronized List<Job> ledger() {
    return List.copyOf(ledger);
  }

  /** The names that the engine knows at this moment. */
  public synchronized Set<LaunchName> known() {
    return Set.copyOf(jobs.keySet());
  }

  /** The stops that reached an active job. */
  public synchronized List<LaunchName> stops() {
    return List.copyOf(stops);
  }

  /** A job, to be moved by the test. */
  public synchronized Job job(LaunchName launch) {
    Job job = jobs.get(launch);
    if (job == null) {
      throw new AssertionError("Never launched: " + launch);
    }
    return job;
  }

  /** Removes a job behind everybody's back. */
  public synchronized void lose(LaunchName launch) {
    jobs.remove(launch);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean boundToThisMachine() {
    return false;
  }

  @Override
  public synchronized Optional<Failure> refuses(LaunchNeeds needs) {
    return refusal.apply(needs);
  }

  @Override
  public synchronized LaunchAnswer launch(TrainingOrder order) {
    return troubled(() -> {
      if (jobs.containsKey(order.name())) {
        return new LaunchAnswer.Accepted();
      }
      LaunchAnswer answer = answers.isEmpty() ? new LaunchAnswer.Accepted() : answers.remove();
      if (answer instanceof LaunchAnswer.Accepted) {
        Job job = new Job(order, time);
        jobs.put(order.name(), job);
        ledger.add(job);
        launched.accept(job);
      }
      return answer;
    });
  }

  @Override
  public synchronized Observation observe(LaunchName launch) {
    return troubled(() -> {
      Job job = jobs.get(launch);
      return job == null ? new Observation.Unknown() : job.observation();
    });
  }

  @Override
  public synchronized void stop(LaunchName launch) {
    troubled(() -> {
      Job job = jobs.get(launch);
      if (job != null && job.active()) {
        stops.add(launch);
        stopped.accept(job);
      }
      return true;
    });
  }

  @Override
  public synchronized boolean interrupt(LaunchName launch) {
    return troubled(() -> {
      Job job = jobs.get(launch);
      if (!interruptible || job == null || !job.training()) {
        return false;
      }
      job.endAttempt("Interrupted").enter(Phase.INTERRUPTED);
      interrupted.accept(job);
      return true;
    });
  }

  @Override
  public synchronized LogSlice readLog(LaunchName launch, long offset, int limit) {
    return troubled(() -> {
      Job job = jobs.get(launch);
      byte[] log = job == null ? new byte[0] : job.log.toByteArray();
      int from = (int) Math.min(offset, log.length);
      int to = (int) Math.min((long) from + limit, log.length);
      boolean last = (job == null || !job.active()) && to == log.length;
      return new LogSlice(offset, Arrays.copyOfRange(log, from, to), last);
    });
  }

  @Override
  public synchronized void discard(LaunchName launch, boolean last) {
    troubled(() -> {
      Job job = jobs.get(launch);
      if (job != null && !job.active()) {
        jobs.remove(launch);
      }
      return true;
    });
  }

  private <T> T troubled(java.util.function.Supplier<T> call) {
    Trouble trouble = troubles.poll();
    if (trouble == Trouble.REQUEST_LOST) {
      throw unavailable();
    }
    T answer = call.get();
    if (trouble == Trouble.ANSWER_LOST) {
      throw unavailable();
    }
    return answer;
  }

  private EngineUnavailableException unavailable() {
    return new EngineUnavailableException(
        "The engine " + name + " did not answer.", new java.io.IOException("reset"));
  }

  /** A job of the fake, moved by a test. Each method answers the job itself. */
  public static final class Job {

    private final TrainingOrder order;
    private final InstantSource time;
    private final List<Phase> phases = new ArrayList<>();
    private final List<Attempt> attempts = new ArrayList<>();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private Observation.@Nullable Ended ended;

    private Job(TrainingOrder order, InstantSource time) {
      this.order = order;
      this.time = time;
      enter(Phase.STARTING);
    }

    /** What was ordered. */
    public TrainingOrder order() {
      return order;
    }

    /** Comes to a phase. */
    public Job enter(String phase) {
      return enter(phase, null);
    }

    /** Comes to a phase, with a message. */
    public Job enter(String phase, @Nullable String message) {
      phases.add(new Phase(phase, time.instant(), message));
      return this;
    }

    /** The program starts. */
    public Job train() {
      attempts.add(new Attempt(attempts.size() + 1, time.instant(), null, null));
      return enter(Phase.TRAINING);
    }

    /** The program ends, with a word such as {@code Interrupted}. */
    public Job endAttempt(String end) {
      if (!attempts.isEmpty() && attempts.getLast().endedAt() == null) {
        Attempt last = attempts.removeLast();
        attempts.add(new Attempt(last.number(), last.startedAt(), time.instant(), end));
      }
      return this;
    }

    /** The program prints. */
    public Job print(String text) {
      log.writeBytes(text.getBytes(StandardCharsets.UTF_8));
      return this;
    }

    /** The job is over and left nothing. */
    public Job end(End end) {
      return end(end, Outputs.NONE, null);
    }

    /** The job is over. */
    public Job end(End end, Outputs outputs, @Nullable Long billableSeconds) {
      endAttempt(
          switch (end) {
            case End.Succeeded() -> "Completed";
            case End.Stopped() -> "Stopped";
            case End.Failed(Fault fault) -> "Failed";
          });
      ended =
          new Observation.Ended(end, time.instant(), phases, attempts, outputs, billableSeconds);
      return this;
    }

    /** How it ended; empty while it has not. */
    public Optional<End> outcome() {
      return ended == null ? Optional.empty() : Optional.of(ended.end());
    }

    private boolean active() {
      return ended == null;
    }

    private boolean training() {
      return active() && phases.getLast().name().equals(Phase.TRAINING);
    }

    private Observation observation() {
      return ended != null ? ended : new Observation.Active(phases, attempts);
    }
  }
}
