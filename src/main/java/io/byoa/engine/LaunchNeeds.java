package io.byoa.engine;

import io.byoa.runtime.RuntimeId;
import java.util.Set;

/**
 * What a launch asks of an engine, known before anything is queued.
 *
 * @param runtime what the program needs to run
 * @param instanceCount machines, at least 1
 * @param inputSchemes where the inputs come from: {@code dataset}, {@code s3}, {@code file}
 * @param inputModes how they are handed over, SageMaker's {@code TrainingInputMode}
 * @param networkIsolation whether the program must not reach any network
 */
public record LaunchNeeds(
    RuntimeId runtime,
    int instanceCount,
    Set<String> inputSchemes,
    Set<String> inputModes,
    boolean networkIsolation) {

  /** Copies the sets. */
  public LaunchNeeds {
    inputSchemes = Set.copyOf(inputSchemes);
    inputModes = Set.copyOf(inputModes);
  }
}
