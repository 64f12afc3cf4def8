package io.byoa.engine.local.environment;

import io.byoa.common.FailureException;
import io.byoa.engine.Fault;
import io.byoa.engine.TrainingOrder;
import io.byoa.engine.local.disk.AtomicFile;
import io.byoa.engine.local.disk.JobLog;
import io.byoa.engine.local.disk.LaunchFolder;
import io.byoa.engine.local.environment.EnvironmentCache.Building;
import io.byoa.engine.local.environment.EnvironmentCache.Installed;
import io.byoa.engine.local.environment.LocalRuntimes.Interpreter;
import io.byoa.engine.local.input.CodeArchive;
import io.byoa.engine.local.input.StoreTrouble;
import io.byoa.engine.local.process.Bell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What one launch needs installed before its program starts. */
public final class Dependencies {

  /** Between two looks at an installer's output. */
  private static final Duration LOOK = Duration.ofMillis(200);

  private static final int CHUNK = 1 << 16;

  private final EnvironmentCache environments;
  private final LocalRuntimes runtimes;
  private final TrainingOrder order;
  private final LaunchFolder folder;
  private final JobLog log;
  private @Nullable Requirements requirements;

  /** The dependencies of a launch; whoever waits for them writes to its log. */
  public Dependencies(
      EnvironmentCache environments,
      LocalRuntimes runtimes,
      LaunchFolder folder,
      TrainingOrder order,
      JobLog log) {
    this.environments = environments;
    this.runtimes = runtimes;
    this.order = order;
    this.folder = folder;
    this.log = log;
  }

  /**
   * Keeps the list aside, out of the program's reach.
   *
   * @return why that cannot be; absent when it can, or when there is no list
   */
  public @Nullable Fault remember() throws IOException {
    String file = order.program().dependencies();
    if (file == null) {
      return null;
    }
    Path list = CodeArchive.inside(folder.ml().resolve("code"), file);
    if (!Files.isRegularFile(list, LinkOption.NOFOLLOW_LINKS)) {
      return new Fault(
          Fault.Code.DEPENDENCIES_FAILED, "The code has no file " + file + " to install from.");
    }
    AtomicFile.write(folder.dependencies(), Files.readAllBytes(list));
    return null;
  }

  /** Whether something has to be installed that is not there. */
  public boolean missing() throws IOException {
    Requirements wanted = requirements();
    if (wanted == null) {
      return false;
    }
    boolean missing = environments.find(wanted).isEmpty();
    if (!missing) {
      environments.reused();
    }
    return missing;
  }

  /**
   * Installs, or waits for whoever installs the same; the installer's output goes to this launch's
   * log.
   *
   * @param enough ends the waiting, not the installer
   * @return why the program cannot be started; absent when it can, or when it was enough
   */
  public @Nullable Fault install(Bell bell, BooleanSupplier enough)
      throws IOException, InterruptedException {
    Requirements wanted = requirements();
    if (wanted == null) {
      return null;
    }
    Building building = environments.build(wanted);
    long copied = 0;
    while (!building.end().isDone()) {
      if (enough.getAsBoolean()) {
        return null;
      }
      copied = copy(building.log(), copied);
      bell.await(LOOK);
    }
    copy(building.log(), copied);
    try {
      Installed end = building.end().get();
      return end.exit() == 0 ? null : fault(end);
    } catch (ExecutionException e) {
      return notInstalled(e.getCause());
    }
  }

  /** What is told about trouble of ours; its cause is in the log. */
  private static Fault notInstalled(@Nullable Throwable cause) {
    if (cause instanceof FailureException e) {
      StoreTrouble.rethrowIfTemporary(e);
      return StoreTrouble.ofCode(e);
    }
    return new Fault(
        Fault.Code.PLATFORM_ERROR,
        "This server could not install the dependencies. Its operator finds the cause in the server's log.");
  }

  private static Fault fault(Installed end) {
    if (end.tooLong()) {
      return new Fault(
          Fault.Code.DEPENDENCIES_FAILED,
          "Installing the dependencies took longer than this installation allows.\n"
              + end.lastLines());
    }
    return end.exit() < 0
        ? new Fault(Fault.Code.PLATFORM_ERROR, "The installer is gone and left no exit code.")
        : new Fault(Fault.Code.DEPENDENCIES_FAILED, end.lastLines(), end.exit(), null, null);
  }

  private long copy(Optional<JobLog> from, long offset) throws IOException {
    long next = offset;
    while (from.isPresent()) {
      byte[] piece = from.get().slice(next, CHUNK, false).content();
      if (piece.length == 0) {
        break;
      }
      Files.write(log.file(), piece, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      next += piece.length;
    }
    return next;
  }

  /** The interpreter with what was installed. */
  public Toolchain toolchain() throws IOException {
    Toolchain tools = Toolchain.of(runtimes, order.runtime());
    Requirements wanted = requirements();
    if (wanted == null) {
      return tools;
    }
    return environments
        .find(wanted)
        .orElseThrow(() -> new IOException("The installed dependencies have gone"))
        .over(tools);
  }

  /** The list of what was installed; empty when nothing was. */
  public Optional<Path> packages() throws IOException {
    Requirements wanted = requirements();
    return wanted == null
        ? Optional.empty()
        : environments.find(wanted).map(InstalledEnvironment::packages).filter(Files::exists);
  }

  /**
   * Keeps what was installed until it is closed.
   *
   * @param now when it was used last
   */
  public InUse inUse(FileTime now) throws IOException {
    Requirements wanted = requirements();
    if (wanted == null) {
      return () -> {};
    }
    environments.use(wanted, now);
    return () -> environments.release(wanted);
  }

  /** See {@link #inUse}. */
  public interface InUse extends AutoCloseable {
    @Override
    void close();
  }

  private @Nullable Requirements requirements() throws IOException {
    String file = order.program().dependencies();
    if (requirements == null && file != null && Files.exists(folder.dependencies())) {
      Interpreter interpreter = runtimes.find(order.runtime()).orElse(null);
      if (interpreter != null) {
        String list = Files.readString(folder.dependencies());
        requirements = new Requirements(interpreter, file, list, order.code());
      }
    }
    return requirements;
  }
}
