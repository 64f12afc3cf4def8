package io.byoa.bench;

import java.util.Arrays;
import java.util.Locale;

/** The table that a benchmark prints: what was asked for, what was seen. */
final class Report {

  private Report() {}

  static void head() {
    System.out.println("| figure | wanted | seen | |");
    System.out.println("|---|---|---|---|");
  }

  static void row(String figure, String wanted, String seen, boolean reached) {
    System.out.printf("| %s | %s | %s | %s |%n", figure, wanted, seen, reached ? "yes" : "**no**");
  }

  /** The middle one, and between which the others lie. */
  static String spread(double[] values, String format) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return String.format(
        Locale.ROOT,
        "median " + format + " (" + format + " to " + format + ", n=%d)",
        median(values),
        sorted[0],
        sorted[sorted.length - 1],
        sorted.length);
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  static String round(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  static void progress(String what) {
    System.err.println("... " + what);
  }
}
