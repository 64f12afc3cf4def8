package io.byoa.reconcile;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a process can die: the places before and after each commit and each call of an engine,
 * counted as they are come by. At the one that was armed the process is "halted": an error is
 * thrown there, and at every place that it comes to afterwards, so that it does nothing any more.
 */
final class Halts {

  private static final List<String> PASSED = new ArrayList<>();
  private static int at;
  private static boolean halted;
  private static boolean running;

  private Halts() {}

  /** The process is dead. Nothing in the house catches it for good. */
  static final class Halt extends Error {
    Halt(String place) {
      super("Halted " + place, null, false, false);
    }
  }

  /**
   * From now on places are counted.
   *
   * @param place the one at which the process dies, from 1; 0 for none
   */
  static synchronized void arm(int place) {
    PASSED.clear();
    at = place;
    halted = false;
  }

  /** The process comes by a place. */
  static synchronized void pass(String place) {
    if (!running) {
      return;
    }
    if (!halted) {
      PASSED.add(place);
      halted = PASSED.size() == at;
    }
    if (halted) {
      throw new Halt(place);
    }
  }

  /** Does the process's work; what others do meanwhile is not its own. */
  static void during(Runnable work) {
    set(true);
    try {
      work.run();
    } finally {
      set(false);
    }
  }

  private static synchronized void set(boolean now) {
    running = now;
  }

  /** Whether the process has died. */
  static synchronized boolean halted() {
    return halted;
  }

  /** Another process goes on; it does not die. */
  static synchronized void revive() {
    at = 0;
    halted = false;
  }

  /** The place at which it died; absent when it did not. */
  static synchronized @Nullable String last() {
    return PASSED.isEmpty() ? null : PASSED.getLast();
  }
}
