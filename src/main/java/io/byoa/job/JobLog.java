package io.byoa.job;

import io.byoa.job.log.LogLines;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads a job's output by line number. */
@Singleton
class JobLog {

  /** Chunks read at a time, so that a search over a long log needs little memory. */
  private static final int CHUNKS = 16;

  private final JobRepository jobs;

  JobLog(JobRepository jobs) {
    this.jobs = jobs;
  }

  /** A line of a job's output; {@code line} counts from 1. */
  record Line(long line, String text) {}

  /**
   * A piece of the log.
   *
   * @param next the line to go on from
   */
  record Piece(List<Line> lines, long next) {}

  /**
   * Lines from {@code from} on.
   *
   * @param limit how many lines at most
   * @param search only lines that contain this text, without case; null for all
   */
  @Transactional
  public Piece read(String job, long from, int limit, @Nullable String search) {
    String wanted = search == null ? null : search.toLowerCase(Locale.ROOT);
    List<Line> found = new ArrayList<>();
    long next = Math.max(1, from);
    while (true) {
      List<JobLogEntity> chunks = jobs.log(job, next, CHUNKS);
      for (JobLogEntity chunk : chunks) {
        long number = chunk.key.firstLine();
        for (String text : LogLines.cut(chunk.content, true).lines()) {
          if (number >= next) {
            if (wanted == null || text.toLowerCase(Locale.ROOT).contains(wanted)) {
              found.add(new Line(number, text));
            }
            next = number + 1;
            if (found.size() == limit) {
              return new Piece(found, next);
            }
          }
          number++;
        }
      }
      if (chunks.size() < CHUNKS) {
        return new Piece(found, next);
      }
    }
  }
}
