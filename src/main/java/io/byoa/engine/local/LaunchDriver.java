package io.byoa.engine.local;

import io.byoa.common.FailureException;
import io.byoa.common.LogContext;
import io.byoa.engine.Fault;
import io.byoa.engine.LaunchName;
import io.byoa.engine.Observation;
import io.byoa.engine.Observation.End;
import io.byoa.engine.Observation.Phase;
import io.byoa.engine.Outputs;
import io.byoa.engine.TrainingOrder;
import io.byoa.engine.local.disk.AtomicFile;
import io.byoa.engine.local.disk.JobLog;
import io.byoa.engine.local.disk.LaunchFolder;
import io.byoa.engine.local.disk.PrivateFolder;
import io.byoa.engine.local.environment.Dependencies;
import io.byoa.engine.local.input.LocalInput;
import io.byoa.engine.local.input.StoreTrouble;
import io.byoa.engine.local.output.OutputKeeper;
import io.byoa.engine.local.output.OutputLimits;
import io.byoa.engine.local.process.AttemptFolder;
import io.byoa.engine.local.process.Bell;
import io.byoa.engine.local.process.Ending;
import io.byoa.engine.local.process.ProgramRun;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Moves one launch through its phases. What it does next follows from the launch's folder alone, so
 * that another server goes on where this one ends.
 */
final class LaunchDriver implements Runnable {

  private static final Logger LOG = Logger.getLogger(LaunchDriver.class);

  /** Between two tries of what fails for now: a store that does not answer, a full disk. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final int TRIES = 5;

  private final Machine machine;
  private final LaunchFolder folder;
  private final TrainingOrder order;
  private final Consumer<LaunchName> changed;
  private final Bell bell = new Bell();
  private final JobLog log;
  private final OutputKeeper outputs;
  private volatile LaunchRecord record;
  private volatile boolean interrupt;
  private volatile boolean abandoned;

  LaunchDriver(
      Machine machine,
      LaunchFolder folder,
      TrainingOrder order,
      LaunchRecord record,
      Consumer<LaunchName> changed) {
    this.machine = machine;
    this.folder = folder;
    this.order = order;
    this.record = record;
    this.changed = changed;
    this.log = new JobLog(folder.log());
    this.outputs =
        new OutputKeeper(
            machine.store(),
            folder,
            order,
            new OutputLimits(
                machine.config().outputLimit().asLongValue(), machine.config().outputFiles()));
  }

  Observation observation() {
    return record.observation();
  }

  /** Somebody has changed the launch's folder. */
  void wake() {
    bell.ring();
  }

  /** Leaves the launch to another server; the program goes on. */
  void abandon() {
    abandoned = true;
    bell.ring();
  }

  /** Kills the program, if it runs; it will be started again. */
  boolean interrupt() {
    LaunchRecord now = record;
    if (now.running() == null || !now.phases().getLast().name().equals(Phase.TRAINING)) {
      return false;
    }
    interrupt = true;
    bell.ring();
    return true;
  }

  @Override
  public void run() {
    try (var _ = LogContext.ofJob(order.jobId())) {
      drive();
    }
  }

  private void drive() {
    int tries = 0;
    try {
      while (!record.over() && !abandoned) {
        try {
          if (record.verdict() == null) {
            turn();
          } else {
            finish();
          }
          tries = 0;
        } catch (IOException | RuntimeException | Error e) {
          tries = failed(e, tries);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (record.over()) {
        machine.slots().free(record.slot());
        changed.accept(order.name());
      }
    }
  }

  /** After a step that failed: once more a little later, or the end; how often it has failed. */
  private int failed(Throwable why, int before) throws InterruptedException {
    boolean passing = why instanceof FailureException f && StoreTrouble.temporary(f);
    // Too little memory, too deep a stack: the same again would do the same again.
    int tries = why instanceof Error ? TRIES : passing ? before : before + 1;
    if (tries >= TRIES) {
      giveUp(why);
    } else {
      LOG.warnf(why, "The local engine tries again with %s", order.name());
    }
    if (!record.over()) {
      bell.await(PATIENCE);
    }
    return tries;
  }

  /** One start of the program, from an empty folder to its end. */
  private void turn() throws IOException, InterruptedException {
    Preparation preparation = new Preparation(machine, folder, order, record.slot());
    Dependencies dependencies =
        new Dependencies(machine.environments(), machine.runtimes(), folder, order, log);
    Fault fault = null;
    if (record.running() == null) {
      reach(Phase.DOWNLOADING, null);
      fault = preparation.fill(folder::stopRequested);
      if (fault == null && !folder.stopRequested()) {
        fault = dependencies.remember();
      }
    }
    try (var _ = dependencies.inUse(FileTime.from(machine.time().instant()))) {
      if (record.running() != null || ready(dependencies, fault)) {
        train(preparation, dependencies);
      }
    }
  }

  /** Comes to the point where the program starts, or to a verdict. */
  private boolean ready(Dependencies dependencies, @Nullable Fault fault)
      throws IOException, InterruptedException {
    Fault obstacle = fault;
    if (obstacle == null && !folder.stopRequested() && dependencies.missing()) {
      reach(Phase.INSTALLING_DEPENDENCIES, null);
      obstacle = dependencies.install(bell, () -> folder.stopRequested() || abandoned);
    }
    if (obstacle == null) {
      // Installing may have taken minutes.
      obstacle = LocalInput.fault(order, machine.account(record.slot()));
    }
    if (abandoned) {
      return false;
    }
    if (folder.stopRequested()) {
      update(record.withVerdict(new End.Stopped()));
      return false;
    }
    if (obstacle != null) {
      update(record.withVerdict(new End.Failed(obstacle)));
      return false;
    }
    LaunchRecord next = record.startingAttempt(machine.time().instant(), log.size());
    Path packages = dependencies.packages().orElse(null);
    update(
        packages == null
            ? next
            : next.withPackages(machine.store().put(order.output("packages.txt"), packages)));
    return true;
  }

  private void train(Preparation preparation, Dependencies dependencies)
      throws IOException, InterruptedException {
    AttemptFolder attempt = AttemptFolder.of(folder.path(), record.attempts().size());
    ProgramRun run = new ProgramRun(machine.programs(), attempt, bell);
    if (attempt.supervisor().isEmpty()) {
      run.start(preparation.program(dependencies.toolchain()), folder.log(), timeLeft(attempt));
    }
    OptionalInt exit = run.await(wishes);
    if (!abandoned) {
      settle(ending(attempt, exit), attempt.endedAt().orElseGet(() -> machine.time().instant()));
    }
  }

  /** Attempt and verdict go into one write: a crash in between would start the program again. */
  private void settle(Ending ending, Instant at) throws IOException {
    interrupt = false;
    machine.metrics().attempted(ending.word());
    LaunchRecord next = record.endingAttempt(at, ending);
    if (ending.interrupted() && !folder.stopRequested()) {
      next =
          next.entering(
              Phase.INTERRUPTED, at, "The machine was taken away; the program starts again.");
    } else {
      next = next.withVerdict(ending.verdict());
    }
    update(next);
  }

  private Ending ending(AttemptFolder attempt, OptionalInt exit) throws IOException {
    return new Ending(
        exit.isPresent() ? exit.getAsInt() : null,
        exit.isPresent() && machine.sandbox().failed(attempt.status(), exit.getAsInt()),
        attempt.cause(),
        outputs.failure(),
        log.lastLines(record.logStart(), attempt.last()));
  }

  /** Until the supervisor stops the program by itself; at least a second. */
  private Duration timeLeft(AttemptFolder attempt) throws IOException {
    Duration left = order.limits().maxRuntime().minus(record.ran());
    Duration maxWait = order.limits().maxWait();
    if (maxWait != null) {
      Duration waiting =
          maxWait.minus(Duration.between(record.acceptedAt(), machine.time().instant()));
      if (waiting.compareTo(left) < 0) {
        PrivateFolder.create(attempt.path());
        AtomicFile.mark(attempt.waitBound());
        left = waiting;
      }
    }
    return left.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : left;
  }

  private void finish() throws IOException {
    End verdict = record.verdict();
    if (record.attempts().isEmpty()) {
      update(record.ended(machine.time().instant(), Outputs.NONE));
      return;
    }
    if (!record.hasReached(Phase.UPLOADING)) {
      // The program may have ended while this server was down: that was no training any more.
      Instant since = record.programEndedAt().orElseGet(machine.time()::instant);
      update(record.entering(Phase.UPLOADING, since, null));
    }
    Outputs left;
    try {
      left = outputs.keep(record.packages());
    } catch (OutputLimits.ExceededException e) {
      left = new Outputs(null, null, record.packages());
      if (verdict instanceof End.Succeeded) {
        verdict = new End.Failed(new Fault(Fault.Code.PROGRAM_FAILED, e.getMessage()));
        update(record.withVerdict(verdict));
      }
    }
    update(record.ended(machine.time().instant(), left));
  }

  /**
   * The last resort: what cannot be finished must not be under way for ever. Why is for the log;
   * people are told whom to ask.
   */
  private void giveUp(Throwable why) {
    try {
      LOG.errorf(why, "The local engine cannot go on with %s", order.name());
      Fault fault =
          new Fault(
              Fault.Code.PLATFORM_ERROR,
              "This server could not go on with the job. Its operator finds the cause in the server's log, under the job's id.");
      if (record.running() != null) {
        AttemptFolder.of(folder.path(), record.attempts().size()).kill();
        record = record.losingAttempt(machine.time().instant());
      }
      End verdict = record.verdict();
      update(
          record
              .withVerdict(verdict instanceof End.Failed ? verdict : new End.Failed(fault))
              .ended(machine.time().instant(), new Outputs(null, null, record.packages())));
    } catch (IOException | RuntimeException | Error again) {
      LOG.errorf(again, "Cannot write down the end of %s; trying again", order.name());
    }
  }

  private void reach(String phase, @Nullable String message) throws IOException {
    if (!record.hasReached(phase)) {
      update(record.entering(phase, machine.time().instant(), message));
    }
  }

  private void update(LaunchRecord next) throws IOException {
    // A program does not survive a power cut, and what was under way then is taken for lost. A
    // verdict is for good.
    if (next.verdict() != null) {
      EngineJson.write(folder.record(), next);
    } else {
      EngineJson.replace(folder.record(), next);
    }
    record = next;
    changed.accept(order.name());
  }

  private final ProgramRun.Wishes wishes =
      new ProgramRun.Wishes() {
        @Override
        public boolean abandoned() {
          return abandoned;
        }

        @Override
        public boolean stop() {
          return folder.stopRequested();
        }

        @Override
        public boolean interrupt() {
          return interrupt;
        }

        @Override
        public void stopping() throws IOException {
          reach(Phase.STOPPING, "The program was asked to stop.");
        }
      };
}
