package io.byoa.job;

import io.byoa.engine.LogSlice;
import io.byoa.job.claim.FenceLostException;
import io.byoa.job.claim.Lease;
import io.byoa.job.intake.LogLines;
import io.byoa.job.intake.LogTaken;
import io.byoa.job.intake.MetricCount;
import io.byoa.job.intake.MetricPoints;
import io.byoa.job.intake.MetricScanner;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
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

  /** Once a slice has given so many points, the rest of it waits for the next transaction. */
  private static final int POINTS = 20_000;

  private final LockedJobs locked;
  private final JobRows rows;
  private final MetricPoints points;
  private final int mostPoints;
  private final Event<LogTaken> taken;

  LogIntake(
      LockedJobs locked,
      JobRows rows,
      MetricPoints points,
      JobConfig config,
      Event<LogTaken> taken) {
    this.locked = locked;
    this.rows = rows;
    this.points = points;
    this.mostPoints = config.metricPoints();
    this.taken = taken;
  }

  /**
   * Appends what follows the job's log position, or the beginning of it.
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
      boolean all = cut.lines().isEmpty() || append(row, cut, scanner);
      boolean last = all && slice.last();
      row.logDone = last && launch == row.launch;
      if (last && launch < row.launch) {
        row.logLaunch = launch + 1;
        row.logOffset = 0;
      }
    }
    return new Job.LogPosition(
        row.logLaunch, row.logOffset, row.logLines, row.logBytes, row.logDone);
  }

  /** Appends lines; false when only the first ones, since they hold very many points. */
  private boolean append(JobEntity row, LogLines cut, MetricScanner scanner) {
    Instant now = locked.now();
    Map<String, MetricCount> counts = rows.series(row);
    MetricScanner.Scan scan =
        scanner.scan(
            cut.lines(),
            row.logLines + 1,
            name -> counts.getOrDefault(name, MetricCount.NONE).room(mostPoints),
            POINTS);
    LogLines lines = cut.first(scan.lines());
    add(row, lines.bytes(), scan.lines(), now);
    row.logOffset += lines.bytes().length;
    if (!scan.tallies().isEmpty()) {
      addPoints(row, scan, new TreeMap<>(counts), now);
    }
    locked.changed(row, false);
    taken.fire(new LogTaken(lines.bytes().length, scan.lines()));
    return scan.lines() == cut.lines().size();
  }

  private void add(JobEntity row, byte[] content, int lines, Instant now) {
    JobLogEntity chunk = new JobLogEntity();
    chunk.key = new JobLogEntity.Key(row.id, row.logLines + 1);
    chunk.lines = lines;
    chunk.content = content;
    chunk.time = now;
    locked.add(chunk);
    row.logBytes += content.length;
    row.logLines += lines;
  }

  private void addPoints(
      JobEntity row, MetricScanner.Scan scan, Map<String, MetricCount> counts, Instant now) {
    if (!scan.kept().isEmpty()) {
      points.add(row.id, scan.kept(), now);
    }
    Map<String, Job.MetricValue> latest = new TreeMap<>(rows.metrics(row));
    StringBuilder notes = new StringBuilder();
    int noted = 0;
    for (MetricScanner.Tally tally : scan.tallies().values()) {
      String name = tally.last().name();
      latest.put(name, new Job.MetricValue(tally.last().value(), now));
      MetricCount before = counts.getOrDefault(name, MetricCount.NONE);
      MetricCount after = before.and(tally.found(), tally.kept());
      counts.put(name, after);
      if (after.cut() && !before.cut()) {
        notes.append(note(name, after.kept()));
        noted++;
      }
    }
    if (noted > 0) {
      add(row, notes.toString().getBytes(StandardCharsets.UTF_8), noted, now);
    }
    MetricScanner.Tally progress = scan.tallies().get(PROGRESS);
    if (progress != null) {
      row.progress = Math.clamp(progress.last().value(), 0.0, 1.0);
      row.progressAt = now;
    }
    row.metrics = rows.write(latest);
    row.series = rows.write(counts);
    row.revision++;
  }

  private static String note(String metric, long points) {
    return "[byoa] The metric '"
        + metric
        + "' has "
        + points
        + " points, and no more are kept: of later values only the last one counts.\n";
  }
}
