package io.byoa.engine.local;

import io.byoa.engine.local.disk.PrivateFolder;
import io.byoa.engine.local.disk.Script;
import io.byoa.engine.local.environment.EnvironmentCache;
import io.byoa.engine.local.environment.Installer;
import io.byoa.engine.local.environment.LocalRuntimes;
import io.byoa.engine.local.process.MemoryLimit;
import io.byoa.engine.local.process.Programs;
import io.byoa.engine.local.process.Supervisor;
import io.byoa.engine.local.sandbox.Account;
import io.byoa.engine.local.sandbox.HostView;
import io.byoa.engine.local.sandbox.Sandbox;
import io.byoa.engine.local.sandbox.SandboxChoice;
import io.byoa.store.ObjectStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.configuration.MemorySize;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What all launches of this machine share. */
record Machine(
    LocalEngineConfig config,
    Path jobs,
    ObjectStore store,
    InstantSource time,
    Programs programs,
    LocalRuntimes runtimes,
    Slots slots,
    EnvironmentCache environments,
    LocalEngineMetrics metrics,
    boolean root) {

  private static final Logger LOG = Logger.getLogger(Machine.class);

  /** This machine as it is now. */
  static Machine of(
      LocalEngineConfig config,
      ObjectStore store,
      InstantSource time,
      LocalRuntimes runtimes,
      MeterRegistry meters)
      throws IOException, InterruptedException {
    Path data = config.data().toAbsolutePath().normalize();
    PrivateFolder.create(data);
    Path engine = data.resolve("engine");
    PrivateFolder.create(engine);
    List<Path> hidden = new ArrayList<>(config.hidden().orElse(List.of()));
    hidden.add(data);
    HostView host = HostView.of(hidden);
    Account first = account(config, 1, host.root());
    SandboxChoice choice =
        new SandboxChoice(
            host, engine.resolve("trial"), Script.install(engine, "unshare.sh"), first);
    Sandbox sandbox = choice.choose(config.sandbox());
    choice.failures().stream()
        .distinct()
        .forEach(failure -> LOG.infof("Sandbox passed over: %s", failure));
    Slots slots = new Slots(config.slots().orElse(Runtime.getRuntime().availableProcessors()));
    Programs programs =
        new Programs(
            sandbox,
            new Supervisor(
                Script.install(engine, "supervisor.sh"),
                config.grace(),
                config.logLimit().asLongValue()),
            MemoryLimit.of(config.memory().map(MemorySize::asLongValue), slots.count()));
    // Nobody's slot: programs run as other users and cannot write to what was installed.
    Account nobody = account(config, 0, host.root());
    Installer installer =
        new Installer(data, store, programs, nobody, config.installTimeout(), config.processes());
    return new Machine(
        config,
        jobs(data),
        store,
        time,
        programs,
        runtimes,
        slots,
        new EnvironmentCache(
            environments(data), config.dependencyCache().asLongValue(), installer, meters),
        new LocalEngineMetrics(meters, slots),
        host.root());
  }

  /** Where launches lie below a data folder. */
  static Path jobs(Path data) {
    return data.resolve("jobs");
  }

  /** Where installed dependencies lie below a data folder. */
  static Path environments(Path data) {
    return data.resolve("environments");
  }

  /** The user of a slot's programs; absent when the server is not root. */
  @Nullable Account account(int slot) {
    return account(config, slot, root);
  }

  private static @Nullable Account account(LocalEngineConfig config, int slot, boolean root) {
    int uid = config.firstUid() + slot;
    return root ? new Account(uid, uid) : null;
  }

  /** What separates programs from this machine. */
  Sandbox sandbox() {
    return programs.sandbox();
  }

  /** Lets other users pass through a folder of the data, and those above it, to what is theirs. */
  void letPass(Path folder) throws IOException {
    PrivateFolder.letPass(Objects.requireNonNull(jobs.getParent()), folder);
  }

  /** The same machine with another limit on memory. */
  Machine with(MemoryLimit other) {
    return new Machine(
        config,
        jobs,
        store,
        time,
        new Programs(programs.sandbox(), programs.supervisor(), other),
        runtimes,
        slots,
        environments,
        metrics,
        root);
  }
}
