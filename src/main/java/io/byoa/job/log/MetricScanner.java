package io.byoa.job.log;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;

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

  private record Compiled(String name, Pattern pattern) {}

  private final List<Compiled> metrics;

  /** A scanner for these metrics; their expressions were checked when the version was published. */
  public MetricScanner(List<Declared> declared) {
    metrics =
        declared.stream().map(d -> new Compiled(d.name(), Pattern.compile(d.regex()))).toList();
  }

  /**
   * The finite values in these lines, at most one for each metric and line.
   *
   * @param firstLine the number of the first of the lines
   */
  public List<Point> scan(List<String> lines, long firstLine) {
    if (metrics.isEmpty()) {
      return List.of();
    }
    List<Point> found = new ArrayList<>();
    long number = firstLine;
    for (String line : lines) {
      for (Compiled metric : metrics) {
        Matcher matcher = metric.pattern.matcher(line);
        if (matcher.find() && matcher.groupCount() > 0 && matcher.group(1) != null) {
          double value = parse(matcher.group(1));
          if (Double.isFinite(value)) {
            found.add(new Point(metric.name, value, number));
          }
        }
      }
      number++;
    }
    return found;
  }

  private static double parse(String text) {
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
