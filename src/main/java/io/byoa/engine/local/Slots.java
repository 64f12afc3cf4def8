package io.byoa.engine.local;

import io.byoa.common.StartRefused;
import java.util.BitSet;
import java.util.OptionalInt;

/** The places for programs on this machine, numbered from 1. */
final class Slots {

  private final int count;
  private final BitSet taken = new BitSet();

  Slots(int count) {
    if (count < 1) {
      throw new StartRefused("byoa.engine.local.slots=" + count + ": at least 1 is needed.");
    }
    this.count = count;
  }

  int count() {
    return count;
  }

  /** Takes the lowest free place; empty when there is none. */
  synchronized OptionalInt take() {
    int slot = taken.nextClearBit(1);
    if (slot > count) {
      return OptionalInt.empty();
    }
    taken.set(slot);
    return OptionalInt.of(slot);
  }

  /**
   * Takes the place of a program that ran before this server started; it may lie beyond the count,
   * when there are fewer places now.
   */
  synchronized void adopt(int slot) {
    taken.set(slot);
  }

  synchronized void free(int slot) {
    taken.clear(slot);
  }

  synchronized int inUse() {
    return taken.cardinality();
  }
}
