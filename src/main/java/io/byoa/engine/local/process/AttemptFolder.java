package io.byoa.engine.local.process;

import io.byoa.common.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What {@code supervisor.sh} and the server tell each other about one start of a program. */
public record AttemptFolder(Path path) {

  /**
   * One start of a program.
   *
   * @param work the folder of a launch, or of what else starts programs
   * @param number counted from 1
   */
  public static AttemptFolder of(Path work, int number) {
    return new AttemptFolder(work.resolve("attempts").resolve(Integer.toString(number)));
  }

  /** The folder of the launch whose program it is. */
  Path work() {
    Path attempts = Objects.requireNonNull(path.getParent());
    return Objects.requireNonNull(attempts.getParent());
  }

  Path command() {
    return path.resolve("command");
  }

  /** What the supervisor itself says; empty when all is well. */
  Path complaints() {
    return path.resolve("supervisor.log");
  }

  /** Names the program's control group, where it has one. */
  Path cgroup() {
    return path.resolve("cgroup");
  }

  /** Marker: the supervisor's time limit is what is left of the time to wait and run. */
  public Path waitBound() {
    return path.resolve("wait-bound");
  }

  /** A name that no other start of a program on this machine has. */
  String id() {
    return Sha256.of(path.toString()).hex().substring(0, 16);
  }

  /** Marker: TERM was sent because somebody asked. */
  Path stopping() {
    return path.resolve("stopping");
  }

  /** Marker: KILL was sent, as an interruption does. */
  Path interrupted() {
    return path.resolve("interrupted");
  }

  /** Marker: KILL was sent because of the memory limit. */
  Path overMemory() {
    return path.resolve("over-memory");
  }

  /** The supervisor; empty while none holds the lock. */
  public Optional<ProcessIdentity> supervisor() throws IOException {
    return ProcessIdentity.read(path.resolve("process"));
  }

  /** The leader of the program's process group; empty while there is none. */
  OptionalLong child() throws IOException {
    Path file = path.resolve("child");
    String text = Files.exists(file) ? Files.readString(file).strip() : "";
    return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
  }

  /** The exit code, once all output is in the log. */
  public OptionalInt exit() throws IOException {
    Path file = path.resolve("exit");
    return Files.exists(file)
        ? OptionalInt.of(Integer.parseInt(Files.readString(file).strip()))
        : OptionalInt.empty();
  }

  /** When the exit code was written. */
  public Optional<Instant> endedAt() throws IOException {
    Path file = path.resolve("exit");
    return Files.exists(file)
        ? Optional.of(Files.getLastModifiedTime(file).toInstant().truncatedTo(ChronoUnit.MICROS))
        : Optional.empty();
  }

  /** What the engine did to the program. */
  public Ending.Cause cause() {
    if (limitReached()) {
      return Files.exists(waitBound()) ? Ending.Cause.OVER_WAIT : Ending.Cause.OVER_RUNTIME;
    }
    if (Files.exists(overMemory())) {
      return Ending.Cause.OVER_MEMORY;
    }
    if (Files.exists(stopping())) {
      return Ending.Cause.STOPPED;
    }
    return Files.exists(interrupted()) ? Ending.Cause.INTERRUPTED : Ending.Cause.NONE;
  }

  /** Kills the program, if there is one. */
  public void kill() throws IOException {
    ProcessIdentity supervisor = supervisor().orElse(null);
    if (supervisor != null && supervisor.alive()) {
      try {
        Supervisor.kill(supervisor);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Whether the time limit was reached. */
  public boolean limitReached() {
    return Files.exists(path.resolve("limit"));
  }

  /** What bubblewrap reports; empty with other sandboxes. */
  public String status() throws IOException {
    Path file = path.resolve("status");
    return Files.exists(file) ? Files.readString(file) : "";
  }

  /** The end of the output, when the log was cut. */
  public Path last() {
    return path.resolve("last");
  }
}
