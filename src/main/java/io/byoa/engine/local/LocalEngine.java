package io.byoa.engine.local;

import com.fasterxml.jackson.core.JacksonException;
import io.byoa.common.Failure;
import io.byoa.common.LogContext;
import io.byoa.engine.EngineChanged;
import io.byoa.engine.EngineUnavailableException;
import io.byoa.engine.Fault;
import io.byoa.engine.LaunchAnswer;
import io.byoa.engine.LaunchAnswer.Shortage;
import io.byoa.engine.LaunchName;
import io.byoa.engine.LaunchNeeds;
import io.byoa.engine.LogSlice;
import io.byoa.engine.Observation;
import io.byoa.engine.TrainingEngine;
import io.byoa.engine.TrainingOrder;
import io.byoa.engine.local.disk.AtomicFile;
import io.byoa.engine.local.disk.JobLog;
import io.byoa.engine.local.disk.LaunchFolder;
import io.byoa.engine.local.disk.PrivateFolder;
import io.byoa.engine.local.disk.Trash;
import io.byoa.engine.local.sandbox.SandboxTier;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Trains on this machine: a process for each job, confined, under a supervisor that outlives this
 * server. See {@link LaunchFolder} for what is where.
 */
final class LocalEngine implements TrainingEngine, AutoCloseable {

  private static final Logger LOG = Logger.getLogger(LocalEngine.class);

  private final Machine machine;
  private final Admission admission;
  private final Consumer<EngineChanged> changes;
  private final Trash trash;
  private final Map<LaunchName, LaunchDriver> drivers = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /** Goes on with every launch that is not over. */
  LocalEngine(Machine machine, Consumer<EngineChanged> changes) throws IOException {
    this.machine = machine;
    this.changes = changes;
    this.admission = new Admission(machine);
    this.trash = Trash.in(machine.jobs());
    PrivateFolder.create(machine.jobs());
    try (DirectoryStream<Path> jobs =
        Files.newDirectoryStream(machine.jobs(), job -> !job.equals(trash.folder()))) {
      for (Path job : jobs) {
        try (var _ = LogContext.ofJob(job.getFileName().toString());
            DirectoryStream<Path> launches = Files.newDirectoryStream(job, "[0-9]*")) {
          for (Path launch : launches) {
            adoptOrWarn(new LaunchFolder(launch));
          }
        }
      }
    }
  }

  @Override
  public String name() {
    return "local";
  }

  @Override
  public boolean boundToThisMachine() {
    return true;
  }

  /** How strongly programs are separated from this machine. */
  SandboxTier sandboxTier() {
    return machine.sandbox().tier();
  }

  @Override
  public Optional<Failure> refuses(LaunchNeeds needs) {
    return admission.refuses(needs);
  }

  @Override
  public LaunchAnswer launch(TrainingOrder order) {
    return machine.metrics().launched(answer(order));
  }

  private synchronized LaunchAnswer answer(TrainingOrder order) {
    LaunchFolder folder = LaunchFolder.of(machine.jobs(), order.name());
    try {
      if (folder.exists()) {
        adopt(folder);
        return new LaunchAnswer.Accepted();
      }
      Optional<LaunchAnswer> obstacle = admission.obstacle(order);
      if (obstacle.isPresent()) {
        return obstacle.get();
      }
      OptionalInt slot = machine.slots().take();
      if (slot.isEmpty()) {
        return new LaunchAnswer.Deferred(
            Shortage.SLOT,
            "Waiting for one of the %d slots of this machine.".formatted(machine.slots().count()));
      }
      accept(folder, order, slot.getAsInt());
      return new LaunchAnswer.Accepted();
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  private void accept(LaunchFolder folder, TrainingOrder order, int slot) throws IOException {
    boolean accepted = false;
    try {
      trash.take(folder.path());
      PrivateFolder.create(folder.path());
      LaunchRecord record = LaunchRecord.accepted(machine.time().instant(), slot, machine);
      EngineJson.replace(folder.record(), record);
      // The order comes last: with it the launch exists.
      EngineJson.write(folder.order(), order);
      AtomicFile.sync(folder.job());
      AtomicFile.sync(machine.jobs());
      accepted = true;
      drive(folder, order, record);
    } finally {
      if (!accepted) {
        machine.slots().free(slot);
      }
    }
  }

  /** One folder that cannot be read must not keep the server from starting. */
  private void adoptOrWarn(LaunchFolder folder) {
    try {
      adopt(folder);
    } catch (IOException e) {
      LOG.errorf(e, "Cannot go on with %s", folder.path());
    }
  }

  private synchronized void adopt(LaunchFolder folder) throws IOException {
    if (!folder.exists()) {
      return;
    }
    TrainingOrder order = EngineJson.read(folder.order(), TrainingOrder.class);
    LaunchRecord record = record(folder);
    if (record.over() || drivers.containsKey(order.name())) {
      return;
    }
    LOG.infof("Going on with %s", order.name());
    machine.slots().adopt(record.slot());
    drive(folder, order, record);
  }

  /** What was not written for good may be unreadable after a power cut. */
  private LaunchRecord record(LaunchFolder folder) throws IOException {
    try {
      return EngineJson.read(folder.record(), LaunchRecord.class);
    } catch (JacksonException | NoSuchFileException e) {
      LOG.warnf(e, "The record in %s is lost", folder.path());
      return LaunchRecord.accepted(machine.time().instant(), 1, machine)
          .withVerdict(
              new Observation.End.Failed(
                  new Fault(
                      Fault.Code.PLATFORM_ERROR,
                      "The machine was restarted, and the record of this launch was lost.")));
    }
  }

  private void drive(LaunchFolder folder, TrainingOrder order, LaunchRecord record) {
    LaunchDriver driver = new LaunchDriver(machine, folder, order, record, this::tell);
    drivers.put(order.name(), driver);
    Thread.ofVirtual().name(order.name().value()).start(driver);
  }

  private void tell(LaunchName name) {
    if (closed) {
      return; // Nobody listens any more; the next server looks by itself.
    }
    try {
      changes.accept(new EngineChanged(name));
    } catch (RuntimeException e) {
      LOG.warnf(e, "Nobody heard that %s has changed", name);
    }
  }

  @Override
  public Observation observe(LaunchName name) {
    LaunchDriver driver = drivers.get(name);
    if (driver != null) {
      return driver.observation();
    }
    LaunchFolder folder = LaunchFolder.of(machine.jobs(), name);
    try {
      if (!folder.exists()) {
        return new Observation.Unknown();
      }
      adopt(folder);
      LaunchDriver adopted = drivers.get(name);
      return adopted != null ? adopted.observation() : record(folder).observation();
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  @Override
  public void stop(LaunchName name) {
    LaunchDriver driver = drivers.get(name);
    if (!(observe(name) instanceof Observation.Active)) {
      return;
    }
    try {
      AtomicFile.mark(LaunchFolder.of(machine.jobs(), name).stop());
    } catch (IOException e) {
      throw unavailable(e);
    }
    if (driver != null) {
      driver.wake();
    }
  }

  @Override
  public boolean interrupt(LaunchName name) {
    LaunchDriver driver = drivers.get(name);
    return driver != null && driver.interrupt();
  }

  @Override
  public LogSlice readLog(LaunchName name, long offset, int limit) {
    // The end comes before the last look: what was written until then is in the slice.
    boolean complete = !(observe(name) instanceof Observation.Active);
    try {
      return new JobLog(LaunchFolder.of(machine.jobs(), name).log()).slice(offset, limit, complete);
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  // Only a rename under the lock: launches wait for it, and what a program left may be millions of
  // files. With its folder the launch is gone as a whole, whenever a crash comes.
  @Override
  public synchronized void discard(LaunchName name, boolean last) {
    LaunchFolder folder = LaunchFolder.of(machine.jobs(), name);
    if (observe(name) instanceof Observation.Active) {
      return;
    }
    try {
      drivers.remove(name);
      trash.take(last ? folder.job() : folder.path());
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  /** Leaves all launches to the next server; programs go on. */
  @Override
  public void close() {
    closed = true;
    drivers.values().forEach(LaunchDriver::abandon);
    machine.environments().close();
  }

  /** What exactly does not work is for the log: people follow the job on its timeline. */
  private EngineUnavailableException unavailable(IOException e) {
    LOG.warnf(e, "The folder of jobs, %s, does not work", machine.jobs());
    return new EngineUnavailableException("The folder of jobs on this machine does not work", e);
  }
}
