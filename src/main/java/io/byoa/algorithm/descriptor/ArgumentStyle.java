package io.byoa.algorithm.descriptor;

/** How hyperparameters reach the program's argv, besides file and environment. */
public enum ArgumentStyle {
  /** {@code --key value}, keys sorted, booleans as {@code true}, objects and arrays as JSON. */
  FLAGS,
  /** As the public SageMaker training toolkit does. */
  SCRIPT_MODE,
  /** The bare word {@code train}. */
  TRAIN
}
