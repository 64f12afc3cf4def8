package io.byoa.job.launch;

import io.byoa.access.Caller;
import io.byoa.algorithm.Catalogue;
import io.byoa.algorithm.Deprecations;
import io.byoa.algorithm.PublishedVersion;
import io.byoa.algorithm.VersionStatus;
import io.byoa.algorithm.descriptor.Descriptor;
import io.byoa.algorithm.descriptor.HyperParameters;
import io.byoa.common.Failure;
import io.byoa.common.Nearest;
import io.byoa.common.Violation;
import io.byoa.engine.Engines;
import io.byoa.engine.LaunchNeeds;
import io.byoa.engine.TrainingEngine;
import io.byoa.job.JobRequest;
import io.byoa.web.JsonBody;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Checks launches: everything that can be known before a job is queued, all of it at once. No
 * engine runs anything.
 */
@Singleton
class LaunchCheck {

  private final Catalogue catalogue;
  private final Engines engines;
  private final InputResolution inputs;
  private final FileRoots roots;
  private final LaunchConfig config;

  LaunchCheck(
      Catalogue catalogue,
      Engines engines,
      InputResolution inputs,
      FileRoots roots,
      LaunchConfig config) {
    this.catalogue = catalogue;
    this.engines = engines;
    this.inputs = inputs;
    this.roots = roots;
    this.config = config;
  }

  /**
   * Checks a launch and completes it from the descriptor; changes nothing.
   *
   * @throws io.byoa.common.FailureException 404 for the version, 409 {@code version-disabled} or
   *     what the engine refuses, 422 {@code launch-invalid} or {@code body-invalid} with every
   *     violation
   */
  @Transactional
  LaunchPlan plan(Caller caller, String algorithm, String selector, JsonBody body) {
    PublishedVersion version = catalogue.resolve(caller.team(), algorithm, selector);
    requireEnabled(version);
    JsonBody.Reading<LaunchBody> reading = LaunchBody.from(body);
    LaunchViolations violations = new LaunchViolations(reading.violations());
    LaunchBody asked =
        reading.value().orElseThrow(() -> JsonBody.invalid(reading.violations()).raise());
    Descriptor descriptor = version.descriptor();

    HyperParameters.Checked parameters =
        descriptor.hyperParameters().checkBody(body.text().isBlank() ? "{}" : body.text());
    violations.addAll(parameters.violations());
    LaunchInputs channels = new LaunchInputs(descriptor.channels(), roots);
    SortedMap<String, JobRequest.Input> sound = channels.check(asked.inputs());
    violations.addAll(channels.violations());
    SortedMap<String, JobRequest.Input> resolved = inputs.resolve(caller.team(), sound, violations);
    LaunchResources resources = LaunchResources.of(descriptor, asked, config);
    violations.addAll(resources.violations());
    TrainingEngine engine = engine(asked, violations);
    violations.raise();
    JobRequest request =
        resources.request(
            version.code().sha256().hex(),
            parameters.values().asJsonTexts(),
            resolved,
            asked.tags(),
            notices(version, channels));
    engine
        .refuses(
            new LaunchNeeds(
                descriptor.runtime().id(),
                request.instanceCount(),
                resolved.values().stream()
                    .map(input -> input.uri().substring(0, input.uri().indexOf(':')))
                    .collect(Collectors.toCollection(TreeSet::new)),
                resolved.values().stream()
                    .map(JobRequest.Input::inputMode)
                    .collect(Collectors.toSet()),
                descriptor.networkIsolation()))
        .ifPresent(Failure::raise);
    return new LaunchPlan(version, engine, request);
  }

  private static List<String> notices(PublishedVersion version, LaunchInputs inputs) {
    List<String> notices = new ArrayList<>();
    Deprecations.notice(version).ifPresent(notices::add);
    notices.addAll(inputs.notices());
    return notices;
  }

  private static void requireEnabled(PublishedVersion version) {
    if (version.standing().status() == VersionStatus.DISABLED) {
      throw new Failure.Conflict(
              "version-disabled",
              "Version %s of '%s' is disabled%s Launch another version."
                  .formatted(
                      version.version(),
                      version.algorithm(),
                      Deprecations.because(version.standing().reason())))
          .raise();
    }
  }

  private TrainingEngine engine(LaunchBody asked, LaunchViolations violations) {
    if (asked.engine().isEmpty()) {
      return engines.standard();
    }
    String name = asked.engine().get();
    return engines
        .find(name)
        .orElseGet(() -> {
          String hint = Nearest.endOfSentence(name, engines.names());
          violations.add(
              new Violation(
                  "/engine",
                  "There is no engine '%s' here%s There is: %s."
                      .formatted(name, hint, String.join(", ", engines.names()))));
          return engines.standard();
        });
  }
}
