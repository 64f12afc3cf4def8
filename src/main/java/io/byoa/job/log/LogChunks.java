package io.byoa.job.log;

import io.agroal.api.AgroalDataSource;
import io.byoa.job.JobReads;
import io.byoa.job.lifecycle.JobStatus;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads jobs' output as it is stored, in plain SQL: some of it and where the job stands, in one
 * statement. So both are of the same moment, and nothing is held when it has been answered.
 */
@Singleton
class LogChunks {

  /** Chunks of one stretch at most. */
  private static final int CHUNKS = 64;

  /** Once a stretch has so many bytes, no further chunk is added. */
  private static final int BYTES = 256 * 1024;

  // Sizes are known without reading the content.
  private static final String SELECT =
      """
      SELECT j.status, j.expired_at, j.log_lines, chunk.first_line, chunk.content
      FROM job j LEFT JOIN LATERAL (
        SELECT first_line, content FROM (
          SELECT first_line, content,
            sum(octet_length(content)) OVER (ORDER BY first_line) - octet_length(content) AS before
          FROM (
            SELECT c.first_line, c.content FROM job_log c
            WHERE c.job = j.id AND c.first_line + c.lines > ? AND c.first_line >= coalesce(
              (SELECT max(b.first_line) FROM job_log b WHERE b.job = j.id AND b.first_line <= ?), 0)
            ORDER BY c.first_line LIMIT %d) nearest) counted
        WHERE before < %d) chunk ON true
      WHERE j.id = ? AND j.team = ?
      ORDER BY chunk.first_line
      """
          .formatted(CHUNKS, BYTES);

  private final Instance<AgroalDataSource> database;

  LogChunks(Instance<AgroalDataSource> database) {
    this.database = database;
  }

  /**
   * Whole lines of output.
   *
   * @param line the number of the first of them
   * @param from where in the content that line begins
   */
  @SuppressWarnings("ArrayRecordComponent") // read once; a chunk is only equal to itself
  record Chunk(long line, byte[] content, int from) {}

  /**
   * Chunks that follow each other, and what the job was like when they were read.
   *
   * @param lines how many lines the job's log had
   * @param ended whether the job had ended
   */
  record Stretch(List<Chunk> chunks, long lines, boolean ended) {

    /** Nothing, of nothing. */
    static final Stretch NONE = new Stretch(List.of(), 0, false);

    Stretch {
      chunks = List.copyOf(chunks);
    }

    /** What comes from a line of one of the chunks on. */
    Stretch from(int chunk, long line, int from) {
      List<Chunk> rest = new ArrayList<>(chunks.subList(chunk, chunks.size()));
      rest.set(0, new Chunk(line, rest.getFirst().content(), from));
      return new Stretch(rest, lines, ended);
    }
  }

  /**
   * The log from the chunk on that holds this line; no chunks when it does not go so far. Empty
   * when the team has no such job.
   *
   * @throws io.byoa.common.FailureException 410 {@code expired}, when the log has begun to go
   */
  Optional<Stretch> from(String team, String job, long line) {
    try (Connection connection = database.get().getConnection();
        PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setLong(1, line);
      select.setLong(2, line);
      select.setString(3, job);
      select.setString(4, team);
      try (ResultSet rows = select.executeQuery()) {
        return stretch(rows);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot read the log of job " + job, e);
    }
  }

  private static Optional<Stretch> stretch(ResultSet rows) throws SQLException {
    Stretch job = null;
    List<Chunk> chunks = new ArrayList<>();
    while (rows.next()) {
      if (job == null) {
        @Nullable OffsetDateTime expiredAt = rows.getObject(2, OffsetDateTime.class);
        JobReads.requireKept(expiredAt == null ? null : expiredAt.toInstant());
        JobStatus status = JobStatus.of(rows.getString(1)).orElseThrow();
        job = new Stretch(List.of(), rows.getLong(3), status.terminal());
      }
      byte[] content = rows.getBytes(5);
      if (content != null) {
        chunks.add(new Chunk(rows.getLong(4), content, 0));
      }
    }
    return Optional.ofNullable(job).map(read -> new Stretch(chunks, read.lines, read.ended));
  }
}
