package io.byoa.job.launch;

import io.byoa.common.Violation;
import io.byoa.dataset.Dataset;
import io.byoa.dataset.Datasets;
import io.byoa.job.JobRequest;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes inputs exact at launch: a dataset's name becomes the content that it means now. */
@Singleton
class InputResolution {

  private final Datasets datasets;

  InputResolution(Datasets datasets) {
    this.datasets = datasets;
  }

  /** The same inputs with exact references; what is not there is added to the violations. */
  SortedMap<String, JobRequest.Input> resolve(
      String team, Map<String, JobRequest.Input> inputs, LaunchViolations violations) {
    SortedMap<String, JobRequest.Input> exact = new TreeMap<>();
    inputs.forEach((channel, input) -> {
      if (!input.uri().startsWith("dataset:")) {
        exact.put(channel, input);
        return;
      }
      Optional<Dataset> dataset = datasets.resolve(team, input.uri());
      if (dataset.isPresent()) {
        exact.put(
            channel,
            new JobRequest.Input(
                dataset.get().reference(), input.contentType(), input.inputMode()));
      } else {
        violations.add(datasets.unknown(team, input.uri(), Violation.step("/inputs", channel)));
      }
    });
    return exact;
  }
}
