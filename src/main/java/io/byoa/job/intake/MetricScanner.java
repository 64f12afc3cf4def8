package io.byoa.job.intake;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Finds the values of a version's declared metrics in lines of output. The expressions are RE2,
 * whose matching takes time linear in the line, since their author is not trusted.
 */
public final class MetricScanner {

  /** A metric that is found by the first group of an RE2 expression. */
  public record Declared(String name, String regex) {}

  /**
   * A value that was found.
   *
   * @param line the number of the line, from 1
   */
  public record Point(String name, double value, long line) {}

  /**
   * What was found of one metric.
   *
   * @param found how many values
   * @param kept how many of them there was room for
   * @param last the last of them, whether there was room for it or not
   */
  public record Tally(long found, long kept, Point last) {}

  /**
   * What lines hold.
   *
   * @param lines how many lines were read: all of them, unless so many gave enough points
   * @param kept the finite values for which there was room, at most one for each metric and line
   * @param tallies every metric that was found, by name
   */
  public record Scan(int lines, List<Point> kept, Map<String, Tally> tallies) {}

  private record Compiled(String name, Pattern pattern) {

    @Nullable Point find(String line, long number) {
      Matcher matcher = pattern.matcher(line);
      if (!matcher.find() || matcher.groupCount() == 0 || matcher.group(1) == null) {
        return null;
      }
      double value = parse(matcher.group(1));
      return Double.isFinite(value) ? new Point(name, value, number) : null;
    }
  }

  private final List<Compiled> metrics;

  /** A scanner for these metrics; their expressions were checked when the version was published. */
  public MetricScanner(List<Declared> declared) {
    metrics =
        declared.stream().map(d -> new Compiled(d.name(), Pattern.compile(d.regex()))).toList();
  }

  /**
   * Reads lines, until it has enough.
   *
   * @param firstLine the number of the first of the lines
   * @param room how many values of a metric may be kept
   * @param enough no further line is read once so many points are kept
   */
  public Scan scan(List<String> lines, long firstLine, ToLongFunction<String> room, int enough) {
    List<Point> kept = new ArrayList<>();
    Map<String, Tally> tallies = new TreeMap<>();
    int read = 0;
    for (String line : metrics.isEmpty() ? List.<String>of() : lines) {
      if (kept.size() >= enough) {
        return new Scan(read, kept, tallies);
      }
      for (Compiled metric : metrics) {
        Point point = metric.find(line, firstLine + read);
        if (point != null) {
          Tally before = tallies.get(metric.name);
          long had = before == null ? 0 : before.kept();
          boolean fits = had < room.applyAsLong(metric.name);
          if (fits) {
            kept.add(point);
          }
          long found = before == null ? 0 : before.found();
          tallies.put(metric.name, new Tally(found + 1, fits ? had + 1 : had, point));
        }
      }
      read++;
    }
    return new Scan(lines.size(), kept, tallies);
  }

  private static double parse(String text) {
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
