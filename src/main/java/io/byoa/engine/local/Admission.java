package io.byoa.engine.local;

import io.byoa.common.Failure;
import io.byoa.engine.Fault;
import io.byoa.engine.LaunchAnswer;
import io.byoa.engine.LaunchAnswer.Shortage;
import io.byoa.engine.LaunchNeeds;
import io.byoa.engine.TrainingOrder;
import io.byoa.engine.TrainingOrder.InputSource;
import io.byoa.runtime.RuntimeId;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What this machine takes, and what it does not. */
final class Admission {

  private final Machine machine;

  Admission(Machine machine) {
    this.machine = machine;
  }

  /** See {@code TrainingEngine.refuses}. */
  Optional<Failure> refuses(LaunchNeeds needs) {
    if (needs.instanceCount() > 1) {
      return Optional.of(
          new Failure.Conflict(
              "one-machine-only",
              "This algorithm asks for %d instances, and the local engine has one machine. Launch it"
                      .formatted(needs.instanceCount())
                  + " on an engine in the cloud, or set resources.instanceCount to 1."));
    }
    if (needs.inputSchemes().contains("s3")) {
      return Optional.of(
          new Failure.Conflict(
              "s3-not-available",
              "The local engine cannot read s3:// inputs. Upload the data as a dataset and name it"
                  + " as dataset:<name>."));
    }
    if (needs.inputModes().contains("Pipe")) {
      return Optional.of(
          new Failure.Conflict(
              "pipe-not-available",
              "The local engine gives inputs as files and has no pipes. Launch with the inputMode"
                  + " 'File' or 'FastFile', or on an engine in the cloud."));
    }
    if (needs.networkIsolation() && !machine.sandbox().isolates()) {
      return Optional.of(
          new Failure.Conflict(
              "network-isolation-not-available",
              "This algorithm must not reach the network, and nothing on this machine can keep it"
                  + " from it. Install bubblewrap and start BYOA again."));
    }
    return missing(needs.runtime());
  }

  private Optional<Failure> missing(RuntimeId runtime) {
    return switch (runtime.language()) {
      case "other" -> Optional.empty();
      case "container" ->
          Optional.of(
              new Failure.Conflict(
                  "runtime-not-installed",
                  "The local engine runs no container images. Launch this algorithm on an engine in"
                      + " the cloud."));
      default ->
          machine.runtimes().resolve(runtime).isPresent()
              ? Optional.empty()
              : Optional.of(
                  new Failure.Conflict(
                      "runtime-not-installed",
                      "%s %s is not installed on this machine. Installed: %s. %s"
                          .formatted(
                              runtime.language().equals("r") ? "R" : "Python",
                              runtime.version(),
                              machine.runtimes().versions(runtime.language()),
                              remedy(runtime))));
    };
  }

  /** What whoever runs the server can do; programs are looked for at its start alone. */
  private static String remedy(RuntimeId runtime) {
    return runtime.language().equals("r")
        ? "Install it (Debian and Ubuntu: 'apt-get install r-base-core') and start BYOA again."
        : "Install it with its venv module (Debian and Ubuntu: 'apt-get install python%s-venv', or with pyenv) and start BYOA again."
            .formatted(runtime.version());
  }

  /** Why the order is not accepted now, or never; empty when it can be. */
  Optional<LaunchAnswer> obstacle(TrainingOrder order) throws IOException {
    Optional<Failure> never =
        refuses(
            new LaunchNeeds(
                order.runtime(),
                order.compute().instanceCount(),
                order.inputs().stream().anyMatch(i -> i.source() instanceof InputSource.Prefix)
                    ? Set.of("s3")
                    : Set.of(),
                order.inputs().stream()
                    .map(TrainingOrder.Input::inputMode)
                    .collect(Collectors.toSet()),
                order.networkIsolation()));
    if (never.isPresent()) {
      return Optional.of(
          new LaunchAnswer.Rejected(new Fault(Fault.Code.PLATFORM_ERROR, never.get().detail())));
    }
    long needed = machine.config().keepFree().asLongValue() + size(order);
    long free = Files.getFileStore(machine.jobs()).getUsableSpace();
    return free >= needed
        ? Optional.empty()
        : Optional.of(
            new LaunchAnswer.Deferred(
                Shortage.CAPACITY,
                "Waiting for room on this machine's disk: the job needs %d MiB free."
                    .formatted(needed >> 20)));
  }

  private static long size(TrainingOrder order) {
    return order.code().size()
        + order.inputs().stream()
            .map(TrainingOrder.Input::source)
            .filter(InputSource.Files.class::isInstance)
            .map(InputSource.Files.class::cast)
            .flatMap(files -> files.files().stream())
            .mapToLong(file -> file.object().size())
            .sum();
  }
}
