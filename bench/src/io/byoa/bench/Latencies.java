package io.byoa.bench;

import java.util.Arrays;
import java.util.Locale;

/** Measured times in nanoseconds, and what can be said of them. */
final class Latencies {

  private long[] nanos = new long[4_096];
  private int count;

  void add(long time) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = time;
  }

  void addAll(Latencies others) {
    for (int i = 0; i < others.count; i++) {
      add(others.nanos[i]);
    }
  }

  int count() {
    return count;
  }

  /** The time in milliseconds that this part of all stayed below. */
  double millis(double part) {
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return sorted[Math.min(count - 1, (int) (count * part))] / 1e6;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "p50 %.1f ms, p99 %.1f ms, max %.1f ms (%d)",
        millis(0.5),
        millis(0.99),
        millis(1),
        count);
  }
}
