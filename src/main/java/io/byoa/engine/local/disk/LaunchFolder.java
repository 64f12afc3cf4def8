package io.byoa.engine.local.disk;

import io.byoa.engine.LaunchName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Where one launch of a job lives: {@code <data>/jobs/<job id>/<launch>/}. The folder is the truth
 * about the launch; what a server holds in memory can be had again from here.
 */
public record LaunchFolder(Path path) {

  /** Where the launch of this name lives. */
  public static LaunchFolder of(Path jobs, LaunchName name) {
    return new LaunchFolder(jobs.resolve(name.jobId()).resolve(Integer.toString(name.launch())));
  }

  /** The order as it was accepted. Without it there is no launch. */
  public Path order() {
    return path.resolve("order.json");
  }

  /** How far the launch has come. */
  public Path record() {
    return path.resolve("record.json");
  }

  /** All output of installers and attempts. */
  public Path log() {
    return path.resolve("log");
  }

  /** Exists when somebody asked the launch to stop. */
  public Path stop() {
    return path.resolve("stop");
  }

  /** What the program sees as {@code /opt/ml}. */
  public Path ml() {
    return path.resolve("ml");
  }

  /** The list of what the program needs installed. */
  public Path dependencies() {
    return path.resolve("dependencies");
  }

  /** What the program sees as {@code /tmp}. */
  public Path scratch() {
    return path.resolve("scratch");
  }

  /** Small files of the system that the program sees instead of the machine's. */
  public Path etc() {
    return path.resolve("etc");
  }

  /** What is being packed for the store. */
  public Path packing() {
    return path.resolve("packing");
  }

  /** Marker: what is left out of the outputs has been told in the log. */
  public Path told() {
    return path.resolve("told");
  }

  /** The job's checkpoints, which all of its launches share. */
  public Path checkpoints() {
    return job().resolve("checkpoints");
  }

  /** The folder of the job, with all of its launches. */
  public Path job() {
    return Objects.requireNonNull(path.getParent());
  }

  /** Whether a launch was accepted here. */
  public boolean exists() {
    return Files.exists(order());
  }

  /** Whether somebody asked the launch to stop. */
  public boolean stopRequested() {
    return Files.exists(stop());
  }
}
