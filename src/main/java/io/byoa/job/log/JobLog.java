package io.byoa.job.log;

import io.byoa.job.JobReads;
import io.byoa.job.intake.LogLines;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads a job's output by line number, in pieces that are small whatever the log is like: a few
 * chunks are fetched at a time, and read to their end before the next ones are.
 */
@Singleton
class JobLog {

  /** Lines of a piece at most. */
  private static final int LINES = 2_000;

  private final LogChunks chunks;

  JobLog(LogChunks chunks) {
    this.chunks = chunks;
  }

  /** A line of a job's output; {@code line} counts from 1. */
  record Line(long line, String text) {}

  /**
   * Where to read on.
   *
   * @param line the next line
   * @param wanted how many lines are still wanted, at most
   * @param fetched what has been fetched from that line on
   */
  record Place(long line, long wanted, LogChunks.Stretch fetched) {

    /** A line to begin at; nothing has been fetched. */
    static Place at(long line, long wanted) {
      return new Place(Math.max(1, line), wanted, LogChunks.Stretch.NONE);
    }
  }

  /**
   * A piece of the log.
   *
   * @param lines those that were found; there may be none in this piece and some in the next
   * @param complete whether these are the last ones of those that there are, or were wanted
   * @param ended whether none will be added either
   */
  record Piece(List<Line> lines, Place next, boolean complete, boolean ended) {}

  /**
   * The piece that begins at a place.
   *
   * @param search only lines that contain this text, without case; null for all
   * @throws io.byoa.common.FailureException 404 {@code job-not-found}, 410 {@code expired}
   */
  Piece read(String team, String job, Place from, @Nullable String search) {
    LogChunks.Stretch stretch =
        from.fetched().chunks().isEmpty()
            ? chunks.from(team, job, from.line()).orElseThrow(() -> JobReads.notFound(job).raise())
            : from.fetched();
    String sought = search == null ? null : search.toLowerCase(Locale.ROOT);
    long most = Math.min(LINES, from.wanted());
    List<Line> found = new ArrayList<>();
    long line = from.line();
    for (int i = 0; i < stretch.chunks().size(); i++) {
      LogChunks.Chunk chunk = stretch.chunks().get(i);
      byte[] content = chunk.content();
      long number = chunk.line();
      for (int start = chunk.from(); start < content.length; number++) {
        if (found.size() == most) {
          return piece(found, from, number, stretch.from(i, number, start));
        }
        int end = LogLines.end(content, start);
        int after = end < 0 ? content.length : end;
        if (number >= from.line()) {
          String text = LogLines.text(content, start, after);
          if (sought == null || text.toLowerCase(Locale.ROOT).contains(sought)) {
            found.add(new Line(number, text));
          }
        }
        start = after;
      }
      line = Math.max(line, number);
    }
    Piece piece = piece(found, from, line, LogChunks.Stretch.NONE);
    boolean all = stretch.chunks().isEmpty() || line > stretch.lines();
    return all ? new Piece(found, piece.next(), true, stretch.ended()) : piece;
  }

  private static Piece piece(List<Line> found, Place from, long line, LogChunks.Stretch fetched) {
    long wanted = from.wanted() - found.size();
    return new Piece(found, new Place(line, wanted, fetched), wanted == 0, wanted == 0);
  }
}
