package io.byoa.engine.contract;

import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Hyperparameters as the public toolkit divides them ({@code params.py}, {@code
 * mapping.split_by_criteria}).
 *
 * @param user what the program gets
 * @param framework {@code sagemaker_…} names that the toolkit does not know
 * @param toolkit names that the toolkit keeps to itself
 */
record ToolkitParameters(
    SequencedMap<String, Json> user,
    SequencedMap<String, Json> framework,
    SequencedMap<String, Json> toolkit) {

  private static final String PREFIX = "sagemaker_";

  private static final Set<String> KNOWN =
      Set.of(
          "sagemaker_program",
          "sagemaker_submit_directory",
          "sagemaker_enable_cloudwatch_metrics",
          "sagemaker_region",
          "sagemaker_container_log_level",
          "sagemaker_job_name",
          "default_user_module_name",
          "_tuning_objective_metric",
          "sagemaker_s3_output");

  static ToolkitParameters split(HyperParameters parameters) {
    SequencedMap<String, Json> user = new TreeMap<>(PythonText.ORDER);
    SequencedMap<String, Json> framework = new TreeMap<>(PythonText.ORDER);
    SequencedMap<String, Json> toolkit = new TreeMap<>(PythonText.ORDER);
    parameters
        .asToolkitReads()
        .forEach((name, value) -> {
          if (KNOWN.contains(name)) {
            toolkit.put(name, value);
          } else if (name.startsWith(PREFIX)) {
            framework.put(name, value);
          } else {
            user.put(name, value);
          }
        });
    return new ToolkitParameters(user, framework, toolkit);
  }
}
