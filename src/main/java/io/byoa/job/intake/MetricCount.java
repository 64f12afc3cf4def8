package io.byoa.job.intake;

/**
 * How many values one metric of a job has had, as {@code job.series} holds it.
 *
 * @param found in the lines so far
 * @param kept those that are points of its series: the first ones
 */
public record MetricCount(long found, long kept) {

  /** Of a metric that has not been seen. */
  public static final MetricCount NONE = new MetricCount(0, 0);

  /** With what has come since. */
  public MetricCount and(long moreFound, long moreKept) {
    return new MetricCount(found + moreFound, kept + moreKept);
  }

  /** Whether there were values that are not points: then there are none after them either. */
  public boolean cut() {
    return kept < found;
  }

  /** How many more are kept when a series may have so many points. */
  public long room(int most) {
    return cut() ? 0 : Math.max(0, most - kept);
  }
}
