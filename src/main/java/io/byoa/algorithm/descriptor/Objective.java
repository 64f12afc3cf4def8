package io.byoa.algorithm.descriptor;

/** Which way a metric gets better. */
public enum Objective {
  /** More is better. */
  MAXIMIZE,
  /** Less is better. */
  MINIMIZE
}
