package io.byoa.engine.local.process;

import io.byoa.engine.local.disk.AtomicFile;
import io.byoa.engine.local.disk.PrivateFolder;
import io.byoa.engine.local.sandbox.Confinement;
import io.byoa.engine.local.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One start of a program, followed from this server or taken over from an earlier one. Safe to do
 * again from any point: the folder tells what has happened.
 */
public final class ProgramRun {

  /** Between two looks at a supervisor that is nobody's child here. */
  private static final Duration LOOK = Duration.ofMillis(100);

  /** How long a started supervisor may take until it has left its identity. */
  private static final Duration START = Duration.ofSeconds(30);

  /** How long TERM waits for a program that does not listen to it yet. */
  private static final Duration LISTEN = Duration.ofSeconds(2);

  private final Programs programs;
  private final AttemptFolder folder;
  private final Bell bell;
  private final LongSupplier nanoTime;
  private final long begun;
  private boolean stopped;
  private boolean killed;
  private long lookedAtMemory;

  /** A run, on this machine's stopwatch. */
  public ProgramRun(Programs programs, AttemptFolder folder, Bell bell) {
    this(programs, folder, bell, System::nanoTime);
  }

  /**
   * A run on another stopwatch.
   *
   * @param nanoTime elapsed time: a clock that is set must not make a program lost
   */
  ProgramRun(Programs programs, AttemptFolder folder, Bell bell, LongSupplier nanoTime) {
    this.programs = programs;
    this.folder = folder;
    this.bell = bell;
    this.nanoTime = nanoTime;
    this.begun = nanoTime.getAsLong();
    this.lookedAtMemory = begun - MemoryLimit.LOOK.toNanos();
  }

  /** What happens to the program from outside while it runs. */
  public interface Wishes {
    /** Whether to leave it to another server. */
    boolean abandoned();

    /** Whether it is to stop, with a grace period. */
    boolean stop();

    /** Whether it is to be killed at once. */
    boolean interrupt();

    /** Told once when TERM goes out. */
    void stopping() throws IOException;
  }

  /** Starts the program, unless it was started before. */
  public void start(Confinement confinement, Path log, Duration limit) throws IOException {
    if (folder.supervisor().isPresent()) {
      return;
    }
    PrivateFolder.create(folder.path());
    Sandbox.Command command = programs.sandbox().command(confinement, folder.path());
    Optional<Cgroup> group = programs.memory().group(folder.id());
    if (group.isPresent()) {
      Files.writeString(folder.cgroup(), group.get().folder().toString());
    }
    Process process =
        programs
            .supervisor()
            .start(folder, log, command, limit, group.map(Cgroup::processes).stream().toList());
    var _ = process.onExit().thenRun(bell::ring);
  }

  /** Waits for the end; the exit code, or nothing when process and code are lost. */
  public OptionalInt await(Wishes wishes) throws IOException, InterruptedException {
    while (!wishes.abandoned()) {
      OptionalInt exit = folder.exit();
      if (exit.isPresent()) {
        settleMemory();
        return exit;
      }
      ProcessIdentity supervisor = folder.supervisor().orElse(null);
      if (supervisor == null ? waited().compareTo(START) > 0 : !supervisor.alive()) {
        exit = folder.exit(); // it may have come since we looked
        if (exit.isEmpty()) {
          endLost(supervisor);
        }
        settleMemory();
        return exit;
      }
      if (supervisor != null) {
        act(supervisor, wishes);
      }
      bell.await(LOOK);
    }
    return OptionalInt.empty();
  }

  private void act(ProcessIdentity supervisor, Wishes wishes)
      throws IOException, InterruptedException {
    if (!killed && wishes.interrupt()) {
      AtomicFile.mark(folder.interrupted());
      Supervisor.kill(supervisor);
      killed = true;
    }
    if (!killed && overMemory()) {
      AtomicFile.mark(folder.overMemory());
      Supervisor.kill(supervisor);
      killed = true;
    }
    if (!stopped && wishes.stop() && (listens() || waited().compareTo(LISTEN) > 0)) {
      AtomicFile.mark(folder.stopping());
      wishes.stopping();
      Supervisor.stop(supervisor);
      stopOthers();
      stopped = true;
    }
    if (!programs.sandbox().isolates()) {
      endDaemons(supervisor.pid());
    }
  }

  private Duration waited() {
    return Duration.ofNanos(nanoTime.getAsLong() - begun);
  }

  /** Whether some process of the program, past the last steps of the sandbox, takes TERM. */
  private boolean listens() throws IOException {
    return tree().stream().anyMatch(stat -> ProcessTable.takesTerm(stat.pid()));
  }

  /** TERM for processes that have left the program's group; the supervisor reaches the others. */
  private void stopOthers() throws IOException {
    long group = folder.child().orElse(0);
    for (ProcessTable.Stat stat : tree()) {
      if (stat.group() != group && ProcessTable.takesTerm(stat.pid())) {
        ProcessHandle.of(stat.pid()).ifPresent(ProcessHandle::destroy);
      }
    }
  }

  private List<ProcessTable.Stat> tree() throws IOException {
    long child = folder.child().orElse(0);
    return child == 0 ? List.of() : ProcessTable.now().tree(child);
  }

  private boolean overMemory() throws IOException {
    long now = nanoTime.getAsLong();
    if (cgroup() != null || now - lookedAtMemory < MemoryLimit.LOOK.toNanos()) {
      return false;
    }
    lookedAtMemory = now;
    return programs.memory().exceededBy(tree());
  }

  private void settleMemory() throws IOException {
    Cgroup cgroup = cgroup();
    if (cgroup != null && Files.exists(cgroup.folder())) {
      if (cgroup.kills() > 0) {
        AtomicFile.mark(folder.overMemory());
      }
      cgroup.remove();
    }
  }

  private @Nullable Cgroup cgroup() throws IOException {
    return Files.exists(folder.cgroup())
        ? new Cgroup(Path.of(Files.readString(folder.cgroup())))
        : null;
  }

  /** Where no namespace ends them: they would hold the log open for ever. */
  private void endDaemons(long supervisor) throws IOException {
    long child = folder.child().orElse(0);
    if (child != 0 && ProcessTable.stat(child).filter(ProcessTable.Stat::running).isEmpty()) {
      Leftovers.kill(folder.work(), supervisor);
    }
  }

  /** The supervisor is gone, and in namespaces the program with it; its helpers are not. */
  private void endLost(@Nullable ProcessIdentity supervisor)
      throws IOException, InterruptedException {
    if (!programs.sandbox().isolates()) {
      Leftovers.kill(folder.work(), 0);
    }
    if (supervisor != null && ProcessTable.stat(supervisor.pid()).isEmpty()) {
      Leftovers.killSession(supervisor);
    }
    Cgroup cgroup = cgroup();
    for (int looks = 0; cgroup != null && looks < 20 && cgroup.inhabited(); looks++) {
      bell.await(LOOK);
    }
  }
}
