package io.byoa.algorithm.descriptor;

import static io.byoa.algorithm.descriptor.difference.ChangeKind.ADDED;
import static io.byoa.algorithm.descriptor.difference.ChangeKind.CHANGED;
import static io.byoa.algorithm.descriptor.difference.ChangeKind.REMOVED;

import io.byoa.algorithm.descriptor.difference.Changes;
import io.byoa.algorithm.descriptor.reading.Words;
import io.byoa.common.json.JsonString;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares metrics by name: those who read results rely on their names and their meaning. */
record MetricComparison(Changes changes) {

  void compare(List<MetricDefinition> before, List<MetricDefinition> after) {
    for (int i = 0; i < before.size(); i++) {
      String name = before.get(i).name();
      if (find(after, name) == null) {
        changes.breaking("/metrics/" + i, REMOVED, "The metric '%s' is gone".formatted(name));
      }
    }
    for (int i = 0; i < after.size(); i++) {
      MetricDefinition now = after.get(i);
      MetricDefinition old = find(before, now.name());
      if (old != null) {
        compare("/metrics/" + i, old, now);
      } else {
        changes.compatible("/metrics/" + i, ADDED, "The metric '%s' is new".formatted(now.name()));
      }
    }
  }

  private static @Nullable MetricDefinition find(List<MetricDefinition> metrics, String name) {
    return metrics.stream().filter(each -> each.name().equals(name)).findFirst().orElse(null);
  }

  private void compare(String pointer, MetricDefinition before, MetricDefinition after) {
    changes.value(
        pointer + "/regex",
        "The expression",
        new JsonString(before.regex()),
        new JsonString(after.regex()));
    meaning(pointer + "/objective", "The objective", word(before), word(after));
    meaning(pointer + "/unit", "The unit", before.unit(), after.unit());
  }

  private static String word(MetricDefinition metric) {
    return metric.objective() == null ? "" : Words.of(metric.objective());
  }

  /** What was never said may be said now; what was said may not turn into something else. */
  private void meaning(String pointer, String what, String before, String after) {
    if (before.equals(after)) {
      return;
    }
    if (before.isEmpty() || after.isEmpty()) {
      changes.value(pointer, what, given(before), given(after));
    } else {
      changes.breaking(pointer, CHANGED, "%s was %s and is %s".formatted(what, before, after));
    }
  }

  private static @Nullable JsonString given(String text) {
    return text.isEmpty() ? null : new JsonString(text);
  }
}
