package io.byoa.job.metric;

import io.byoa.job.JobReads;
import io.byoa.job.intake.MetricCount;
import io.byoa.job.intake.MetricPoints;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the series of a job's metrics, no more of each than was asked for. */
@Singleton
class MetricSeries {

  private final JobReads reads;
  private final MetricPoints points;

  MetricSeries(JobReads reads, MetricPoints points) {
    this.reads = reads;
    this.points = points;
  }

  /**
   * What a reader wants.
   *
   * @param name one metric's name; null for all
   * @param most points of a series at most, four or more
   * @param thinned whether the points are to stand for all of the series; otherwise they are its
   *     first ones
   */
  record Wanted(@Nullable String name, long fromLine, int most, boolean thinned) {}

  /**
   * One metric's values.
   *
   * @param next the line to go on from; null when nothing was left out at the end
   */
  record Series(
      String name, MetricCount count, List<MetricPoints.Point> points, @Nullable Long next) {}

  /** The series of each metric that has been seen, by name. */
  @Transactional
  public List<Series> read(String team, String job, Wanted wanted) {
    return reads.series(team, job).entrySet().stream()
        .filter(metric -> wanted.name == null || wanted.name.equals(metric.getKey()))
        .map(metric -> series(job, metric.getKey(), metric.getValue(), wanted))
        .toList();
  }

  private Series series(String job, String name, MetricCount count, Wanted wanted) {
    if (wanted.thinned) {
      SeriesSample<MetricPoints.Point> sample =
          new SeriesSample<>(wanted.most, MetricPoints.Point::value);
      points.each(job, name, wanted.fromLine, Long.MAX_VALUE, sample::add);
      return new Series(name, count, sample.points(), null);
    }
    List<MetricPoints.Point> first = new ArrayList<>();
    points.each(job, name, wanted.fromLine, wanted.most + 1L, first::add);
    boolean more = first.size() > wanted.most;
    Long next = more ? first.removeLast().line() : null;
    return new Series(name, count, first, next);
  }
}
