package io.byoa.algorithm.descriptor;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.byoa.algorithm.descriptor.reading.Field;
import io.byoa.algorithm.descriptor.reading.Fields;
import io.byoa.algorithm.descriptor.reading.TextRule;
import io.byoa.algorithm.descriptor.reading.Words;
import io.byoa.algorithm.descriptor.schema.BoundedPattern;
import io.byoa.common.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A number to find in the program's output. One named {@code progress}, from 0 to 1, is the job's
 * progress.
 *
 * @param name SageMaker's {@code MetricDefinition.Name}
 * @param pattern RE2; its first group is the value
 * @param objective which way it gets better, if the author says
 * @param unit for people, such as {@code ratio}; may be empty
 */
public record MetricDefinition(
    String name, Pattern pattern, @Nullable Objective objective, String unit) {

  /** The metric that is the job's progress. */
  public static final String PROGRESS = "progress";

  /** SageMaker's limit for {@code MetricDefinitions}. */
  static final int MOST = 40;

  /** Instructions of all expressions together. */
  static final int LARGEST_TOGETHER = 5000;

  /**
   * Characters of a line that are searched. The most hostile expressions of the largest size
   * together took about half a second for a line of this length on a core of 2026.
   */
  static final int SEARCHED = 4096;

  private static final int LONGEST_NUMBER = 100;

  private static final TextRule NAME =
      TextRule.matching(
          "the name of a metric", 1, 255, "[^\\pC\\p{Zl}\\p{Zp}]+", "no control characters");
  private static final TextRule UNIT = TextRule.any("a unit", 0, 64);

  /** The expression, as the descriptor writes it. */
  public String regex() {
    return pattern.pattern();
  }

  /** The value on this line; empty when there is none, or what was found is not a finite number. */
  public OptionalDouble match(String line) {
    Matcher matcher =
        pattern.matcher(line.length() > SEARCHED ? line.substring(0, SEARCHED) : line);
    if (!matcher.find()) {
      return OptionalDouble.empty();
    }
    @Nullable String found = matcher.group(1);
    return found == null || found.length() > LONGEST_NUMBER
        ? OptionalDouble.empty()
        : number(found.strip());
  }

  private static OptionalDouble number(String text) {
    // Double.parseDouble also takes "1d" and "0x1p3", which no program prints for a metric.
    if (!text.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?")) {
      return OptionalDouble.empty();
    }
    double value = Double.parseDouble(text);
    return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
  }

  static List<MetricDefinition> readAll(Field field) {
    Set<String> taken = new HashSet<>();
    List<MetricDefinition> metrics =
        field.list("metrics", 0, MOST, element -> read(element, taken));
    int size = metrics.stream().mapToInt(metric -> metric.pattern.programSize()).sum();
    if (size > LARGEST_TOGETHER) {
      field
          .problems()
          .add(
              field.pointer(),
              "The expressions together expand to %d steps; at most %d are allowed"
                  .formatted(size, LARGEST_TOGETHER));
    }
    return metrics;
  }

  private static @Nullable MetricDefinition read(Field field, Set<String> taken) {
    Fields fields =
        field.object("name, regex, objective, unit", "name", "regex", "objective", "unit");
    if (fields == null) {
      return null;
    }
    Field place = fields.get("name").required("the name of the metric");
    String name = place.text(NAME);
    if (name != null && !taken.add(name)) {
      place.refuse("is the name of another metric already");
    }
    Pattern pattern = pattern(fields.get("regex"));
    Objective objective = fields.get("objective").choice("an objective", Words.of(Objective.class));
    String unit = fields.get("unit").text(UNIT, "");
    return name == null || pattern == null
        ? null
        : new MetricDefinition(name, pattern, objective, unit);
  }

  private static @Nullable Pattern pattern(Field field) {
    BoundedPattern bounded =
        BoundedPattern.read(field.required("the expression whose first group is the value"));
    if (bounded == null) {
      return null;
    }
    if (bounded.pattern().groupCount() == 0) {
      field.refuse("has no group: put parentheses around the value, as in loss=([0-9.]+)");
      return null;
    }
    return bounded.pattern();
  }

  JsonObject toJson() {
    return JsonObject.builder()
        .put("name", name)
        .put("regex", regex())
        .put("objective", objective == null ? null : Words.of(objective))
        .put("unit", unit.isEmpty() ? null : unit)
        .build();
  }
}
