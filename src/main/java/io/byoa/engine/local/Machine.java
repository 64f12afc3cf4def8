package io.byoa.engine.local;

import io.byoa.store.ObjectStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.configuration.MemorySize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What all launches of this machine share. */
record Machine(
    LocalEngineConfig config,
    Path jobs,
    ObjectStore store,
    InstantSource time,
    Sandbox sandbox,
    Supervisor supervisor,
    LocalRuntimes runtimes,
    Slots slots,
    MemoryLimit memory,
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
    LaunchFolder.createPrivate(data);
    Path engine = data.resolve("engine");
    LaunchFolder.createPrivate(engine);
    List<Path> hidden = new ArrayList<>(config.hidden().orElse(List.of()));
    hidden.add(data);
    HostView host = HostView.of(hidden);
    Account first = host.root() ? new Account(config.firstUid() + 1, config.firstUid() + 1) : null;
    SandboxChoice choice =
        new SandboxChoice(
            host, engine.resolve("trial"), Supervisor.install(engine, "unshare.sh"), first);
    Sandbox sandbox = choice.choose(config.sandbox());
    choice.failures().stream()
        .distinct()
        .forEach(failure -> LOG.infof("Sandbox passed over: %s", failure));
    Supervisor supervisor =
        new Supervisor(
            Supervisor.install(engine, "supervisor.sh"),
            config.grace(),
            config.logLimit().asLongValue());
    Slots slots = new Slots(config.slots().orElse(Runtime.getRuntime().availableProcessors()));
    return new Machine(
        config,
        jobs(data),
        store,
        time,
        sandbox,
        supervisor,
        runtimes,
        slots,
        MemoryLimit.of(config.memory().map(MemorySize::asLongValue), slots.count()),
        new EnvironmentCache(environments(data), config.dependencyCache().asLongValue()),
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
    int uid = config.firstUid() + slot;
    return root ? new Account(uid, uid) : null;
  }

  /** Lets other users pass through a folder of the data, and those above it, to what is theirs. */
  void letPass(Path folder) throws IOException {
    Path data = Objects.requireNonNull(jobs.getParent());
    for (Path path = folder; path != null && path.startsWith(data); path = path.getParent()) {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
      permissions.addAll(PosixFilePermissions.fromString("--x--x--x"));
      Files.setPosixFilePermissions(path, permissions);
    }
  }

  /** The same machine with another limit on memory. */
  Machine with(MemoryLimit other) {
    return new Machine(
        config,
        jobs,
        store,
        time,
        sandbox,
        supervisor,
        runtimes,
        slots,
        other,
        environments,
        metrics,
        root);
  }
}
