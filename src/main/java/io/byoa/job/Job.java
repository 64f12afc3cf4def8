package io.byoa.job;

import io.byoa.job.lifecycle.JobState;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A training job as it stood when it was read.
 *
 * @param requester who launched it, such as {@code token:ci}
 * @param metrics the last value of each metric seen
 * @param traceParent the span of the launch request, as W3C Trace Context writes it; absent when it
 *     was not traced
 * @param expiredAt when its logs and files went; absent while they are there
 * @param revision counts what clients can see change
 */
public record Job(
    String id,
    String team,
    String algorithm,
    String version,
    String engine,
    String requester,
    JobRequest request,
    JobState state,
    Map<String, MetricValue> metrics,
    @Nullable Progress progress,
    LogPosition log,
    @Nullable String traceParent,
    @Nullable Instant expiredAt,
    long revision) {

  /** Copies the metrics. */
  public Job {
    metrics = Map.copyOf(metrics);
  }

  /** A metric's value and when it was read. */
  public record MetricValue(double value, Instant time) {}

  /**
   * How far the program says it is.
   *
   * @param value 0 to 1
   */
  public record Progress(double value, Instant updatedAt) {}

  /**
   * How much of the output has been taken in.
   *
   * @param launch the launch whose output is being read
   * @param offset the next byte of that launch's output
   * @param lines lines of the job's log so far, over all launches
   * @param bytes bytes of the job's log so far, over all launches
   * @param done whether the last launch's output has been read to its end
   */
  public record LogPosition(int launch, long offset, long lines, long bytes, boolean done) {

    /** Nothing has been taken in yet. */
    public static final LogPosition START = new LogPosition(1, 0, 0, 0, false);
  }
}
