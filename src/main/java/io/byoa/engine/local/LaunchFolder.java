package io.byoa.engine.local;

import io.byoa.engine.LaunchName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/**
 * Where one launch of a job lives: {@code <data>/jobs/<job id>/<launch>/}. The folder is the truth
 * about the launch; what a server holds in memory can be had again from here.
 */
record LaunchFolder(Path path) {

  static LaunchFolder of(Path jobs, LaunchName name) {
    return new LaunchFolder(jobs.resolve(name.jobId()).resolve(Integer.toString(name.launch())));
  }

  /** The order as it was accepted. Without it there is no launch. */
  Path order() {
    return path.resolve("order.json");
  }

  /** How far the launch has come. */
  Path record() {
    return path.resolve("record.json");
  }

  /** All output of installers and attempts. */
  Path log() {
    return path.resolve("log");
  }

  /** Exists when somebody asked the launch to stop. */
  Path stop() {
    return path.resolve("stop");
  }

  /** What the program sees as {@code /opt/ml}. */
  Path ml() {
    return path.resolve("ml");
  }

  /** The list of what the program needs installed. */
  Path dependencies() {
    return path.resolve("dependencies");
  }

  /** What the program sees as {@code /tmp}. */
  Path scratch() {
    return path.resolve("scratch");
  }

  /** Small files of the system that the program sees instead of the machine's. */
  Path etc() {
    return path.resolve("etc");
  }

  /** What is being packed for the store. */
  Path packing() {
    return path.resolve("packing");
  }

  /** Marker: what is left out of the outputs has been told in the log. */
  Path told() {
    return path.resolve("told");
  }

  /** One start of the program, counted from 1. */
  AttemptFolder attempt(int number) {
    return new AttemptFolder(path.resolve("attempts").resolve(Integer.toString(number)));
  }

  /** The job's checkpoints, which all of its launches share. */
  Path checkpoints() {
    return job().resolve("checkpoints");
  }

  /** The folder of the job, with all of its launches. */
  Path job() {
    return Objects.requireNonNull(path.getParent());
  }

  /** Whether a launch was accepted here. */
  boolean exists() {
    return Files.exists(order());
  }

  boolean stopRequested() {
    return Files.exists(stop());
  }

  /** Makes a folder that nobody but the server can enter. */
  static void createPrivate(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }
}
