package io.byoa.job.intake;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;

/**
 * The points of jobs' metrics, in plain SQL: a slice of output may hold tens of thousands of them,
 * and a series many more than should lie in memory.
 */
@Singleton
public class MetricPoints {

  private static final String INSERT =
      """
      INSERT INTO job_metric (job, name, line, value, at)
      SELECT ?, point.name, point.line, point.value, ?
      FROM unnest(?, ?, ?) AS point (name, line, value)
      """;

  private static final String SELECT =
      """
      SELECT value, line, at FROM job_metric WHERE job = ? AND name = ? AND line >= ?
      ORDER BY line LIMIT ?
      """;

  /** Rows that the driver holds at a time. */
  private static final int ROWS = 2_000;

  private final Instance<AgroalDataSource> database;

  MetricPoints(Instance<AgroalDataSource> database) {
    this.database = database;
  }

  /**
   * A point of a series.
   *
   * @param line the number of the line that it was read from
   */
  public record Point(double value, long line, Instant time) {}

  /** Adds points to a job's series, in the caller's transaction and in one statement. */
  public void add(String job, List<MetricScanner.Point> points, Instant time) {
    String[] names = points.stream().map(MetricScanner.Point::name).toArray(String[]::new);
    Long[] lines = points.stream().map(MetricScanner.Point::line).toArray(Long[]::new);
    Double[] values = points.stream().map(MetricScanner.Point::value).toArray(Double[]::new);
    try (Connection connection = database.get().getConnection();
        PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setString(1, job);
      insert.setObject(2, time.atOffset(ZoneOffset.UTC));
      insert.setArray(3, connection.createArrayOf("text", names));
      insert.setArray(4, connection.createArrayOf("int8", lines));
      insert.setArray(5, connection.createArrayOf("float8", values));
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot write metrics of job " + job, e);
    }
  }

  /**
   * Hands out the points of a series one by one, in order. Needs a transaction around it: without
   * one, the driver would hold them all.
   *
   * @param most how many at most
   */
  public void each(String job, String name, long fromLine, long most, Consumer<Point> each) {
    try (Connection connection = database.get().getConnection();
        PreparedStatement select = connection.prepareStatement(SELECT)) {
      select.setString(1, job);
      select.setString(2, name);
      select.setLong(3, fromLine);
      select.setLong(4, most);
      select.setFetchSize(ROWS);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          each.accept(
              new Point(
                  rows.getDouble(1),
                  rows.getLong(2),
                  rows.getObject(3, OffsetDateTime.class).toInstant()));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot read metrics of job " + job, e);
    }
  }
}
