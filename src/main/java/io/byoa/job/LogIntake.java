package io.byoa.job;

import io.byoa.engine.LogSlice;
import io.byoa.job.log.LogLines;
import io.byoa.job.log.MetricScanner;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Takes a job's output in: lines, the metrics in them, and how far it has come, in one transaction,
 * so that a crash neither loses a line nor counts a value twice.
 */
@Singleton
public class LogIntake {

  /** The metric that is a job's progress. */
  static final String PROGRESS = "progress";

  private final LockedJobs locked;
  private final JobRows rows;
  private final Event<LogTaken> taken;

  LogIntake(LockedJobs locked, JobRows rows, Event<LogTaken> taken) {
    this.locked = locked;
    this.rows = rows;
    this.taken = taken;
  }

  /**
   * Appends what follows the job's log position.
   *
   * @param launch the launch that the slice comes from
   * @return the new position; the old one when the slice does not follow it, or holds no whole line
   * @throws FenceLostException when the claim is no longer ours
   */
  @Transactional
  public Job.LogPosition take(
      String id, Lease lease, int launch, LogSlice slice, MetricScanner scanner) {
    JobEntity row = locked.lock(id, lease).orElseThrow();
    boolean follows = row.logLaunch == launch && row.logOffset == slice.offset() && !row.logDone;
    if (follows) {
      LogLines cut = LogLines.cut(slice.content(), slice.last());
      if (!cut.lines().isEmpty()) {
        append(row, cut, scanner);
      }
      row.logDone = slice.last() && launch == row.launch;
      if (slice.last() && launch < row.launch) {
        row.logLaunch = launch + 1;
        row.logOffset = 0;
      }
    }
    return new Job.LogPosition(
        row.logLaunch, row.logOffset, row.logLines, row.logBytes, row.logDone);
  }

  private void append(JobEntity row, LogLines cut, MetricScanner scanner) {
    Instant now = locked.now();
    long firstLine = row.logLines + 1;
    JobLogEntity chunk = new JobLogEntity();
    chunk.key = new JobLogEntity.Key(row.id, firstLine);
    chunk.lines = cut.lines().size();
    chunk.content = cut.bytes();
    chunk.time = now;
    locked.add(chunk);
    row.logOffset += cut.bytes().length;
    row.logBytes += cut.bytes().length;
    row.logLines += cut.lines().size();
    List<MetricScanner.Point> points = scanner.scan(cut.lines(), firstLine);
    if (!points.isEmpty()) {
      addPoints(row, points, now);
    }
    locked.changed(row, false);
    taken.fire(new LogTaken(cut.bytes().length, cut.lines().size()));
  }

  private void addPoints(JobEntity row, List<MetricScanner.Point> points, Instant now) {
    Map<String, Job.MetricValue> latest = new TreeMap<>(rows.job(row).metrics());
    for (MetricScanner.Point point : points) {
      JobMetricEntity entity = new JobMetricEntity();
      entity.key = new JobMetricEntity.Key(row.id, point.name(), point.line());
      entity.value = point.value();
      entity.time = now;
      locked.add(entity);
      latest.put(point.name(), new Job.MetricValue(point.value(), now));
    }
    Job.MetricValue progress = latest.get(PROGRESS);
    if (progress != null && points.stream().anyMatch(p -> p.name().equals(PROGRESS))) {
      row.progress = Math.clamp(progress.value(), 0.0, 1.0);
      row.progressAt = now;
    }
    row.metrics = rows.write(new LinkedHashMap<>(latest));
    row.revision++;
  }
}
