package io.byoa.web;

/** Tells trouble that goes by itself, such as a database that is away, from what stays wrong. */
public final class PassingProblem {

  private static final int UNAVAILABLE = 503;

  private PassingProblem() {}

  /** Whether doing the same again in a moment may succeed. */
  public static boolean is(Throwable thrown) {
    return Problems.of(thrown).status() == UNAVAILABLE;
  }
}
