package io.byoa.reconcile;

import io.byoa.algorithm.Catalogue;
import io.byoa.algorithm.PublishedVersion;
import io.byoa.algorithm.descriptor.ArgumentStyle;
import io.byoa.algorithm.descriptor.Descriptor;
import io.byoa.algorithm.descriptor.EntryPoint;
import io.byoa.common.Failure;
import io.byoa.dataset.Dataset;
import io.byoa.dataset.Datasets;
import io.byoa.engine.LaunchName;
import io.byoa.engine.TrainingOrder;
import io.byoa.job.Job;
import io.byoa.job.JobRequest;
import io.byoa.job.intake.MetricScanner;
import io.byoa.job.launch.FileRoots;
import jakarta.inject.Singleton;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;

/** Resolves everything that a launch needs into one complete order. */
@Singleton
class OrderAssembly {

  private final Catalogue catalogue;
  private final Datasets datasets;
  private final FileRoots fileRoots;
  private final Installation installation;

  OrderAssembly(
      Catalogue catalogue, Datasets datasets, FileRoots fileRoots, Installation installation) {
    this.catalogue = catalogue;
    this.datasets = datasets;
    this.fileRoots = fileRoots;
    this.installation = installation;
  }

  /**
   * The order for a job's current launch.
   *
   * @throws io.byoa.common.FailureException when something that was there at launch is gone
   */
  TrainingOrder assemble(Job job, LaunchName name) {
    PublishedVersion version = catalogue.exact(job.algorithm(), job.version());
    requireSameCode(job, version);
    Descriptor descriptor = version.descriptor();
    JobRequest request = job.request();
    Integer maxWait = request.maxWaitTimeInSeconds();
    return new TrainingOrder(
        name,
        installation.id(),
        job.id(),
        job.state().launch(),
        job.state().history().attemptsBefore(),
        job.algorithm(),
        job.version(),
        version.code(),
        new TrainingOrder.Program(
            entry(descriptor.entryPoint()),
            style(descriptor.arguments()),
            descriptor.runtime().dependencies()),
        descriptor.runtime().id(),
        request.hyperParameters(),
        request.inputs().entrySet().stream()
            .map(input -> input(job, input.getKey(), input.getValue()))
            .toList(),
        new TreeMap<>(descriptor.environment()),
        descriptor.metrics().stream()
            .map(metric -> new TrainingOrder.Metric(metric.name(), metric.regex()))
            .toList(),
        new TrainingOrder.Compute(
            request.instanceType(),
            request.instanceCount(),
            request.volumeSizeInGB(),
            request.spot()),
        new TrainingOrder.Limits(
            Duration.ofSeconds(request.maxRuntimeInSeconds()),
            maxWait == null ? null : Duration.ofSeconds(maxWait)),
        descriptor.checkpoints(),
        descriptor.networkIsolation(),
        request.tags(),
        "jobs/%s/%d/output/".formatted(job.id(), job.state().launch()));
  }

  /** The metrics that the job's version declares. */
  List<MetricScanner.Declared> metrics(Job job) {
    return catalogue.exact(job.algorithm(), job.version()).descriptor().metrics().stream()
        .map(metric -> new MetricScanner.Declared(metric.name(), metric.regex()))
        .toList();
  }

  private static void requireSameCode(Job job, PublishedVersion version) {
    if (!version.code().sha256().hex().equals(job.request().codeSha256())) {
      throw new Failure.Conflict(
              "code-altered",
              "The code of version %s of '%s' is not what it was when the job was launched."
                  .formatted(job.version(), job.algorithm()))
          .raise();
    }
  }

  private TrainingOrder.Input input(Job job, String channel, JobRequest.Input input) {
    return new TrainingOrder.Input(
        channel, input.contentType(), input.inputMode(), source(job, input.uri()));
  }

  private TrainingOrder.InputSource source(Job job, String uri) {
    if (uri.startsWith("dataset:")) {
      Dataset dataset =
          datasets
              .resolve(job.team(), uri)
              .orElseThrow(() ->
                  new Failure.NotFound("dataset-missing", "The dataset '" + uri + "' is gone.")
                      .raise());
      return new TrainingOrder.InputSource.Files(
          dataset.prefix(),
          dataset.files().stream()
              .map(file -> new TrainingOrder.InputFile(file.path(), file.object()))
              .toList());
    }
    URI parsed = URI.create(uri);
    return uri.startsWith("file:")
        ? new TrainingOrder.InputSource.Local(allowed(parsed.getPath()))
        : new TrainingOrder.InputSource.Prefix(parsed);
  }

  /** Checked again: since the launch, a link may have been put in the way. */
  private Path allowed(String path) {
    return fileRoots
        .find(path)
        .orElseThrow(() ->
            new Failure.NotFound(
                    "input-missing",
                    "'%s' is not there any more, or no longer below a folder that the operator allows."
                        .formatted(path))
                .raise());
  }

  private static TrainingOrder.Entry entry(EntryPoint entryPoint) {
    return switch (entryPoint) {
      case EntryPoint.Script script -> new TrainingOrder.Entry.Script(script.path());
      case EntryPoint.Command command -> new TrainingOrder.Entry.Command(command.argv());
      case EntryPoint.ImageDefault ignored -> new TrainingOrder.Entry.ImageDefault();
    };
  }

  private static TrainingOrder.ArgumentStyle style(ArgumentStyle style) {
    return switch (style) {
      case FLAGS -> TrainingOrder.ArgumentStyle.FLAGS;
      case SCRIPT_MODE -> TrainingOrder.ArgumentStyle.SCRIPT_MODE;
      case TRAIN -> TrainingOrder.ArgumentStyle.TRAIN;
    };
  }
}
