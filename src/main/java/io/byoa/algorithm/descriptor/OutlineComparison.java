package io.byoa.algorithm.descriptor;

import static io.byoa.algorithm.descriptor.difference.ChangeKind.CHANGED;
import static io.byoa.algorithm.descriptor.difference.ChangeKind.NARROWED;
import static io.byoa.algorithm.descriptor.difference.ChangeKind.WIDENED;
import static io.byoa.common.Violation.step;

import io.byoa.algorithm.descriptor.difference.Changes;
import io.byoa.common.json.JsonObject;
import io.byoa.common.json.JsonString;
import io.byoa.common.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares the fields whose values stand for themselves. */
record OutlineComparison(Changes changes, JsonObject before, JsonObject after) {

  /** Notes a change of a value that callers need not care about. */
  void value(String pointer, String what) {
    changes.value(pointer, what, at(before, pointer), at(after, pointer));
  }

  private static @Nullable JsonValue at(JsonObject document, String pointer) {
    JsonValue value = document;
    for (String name : pointer.substring(1).split("/", -1)) {
      value = value instanceof JsonObject object ? object.get(name) : null;
    }
    return value;
  }

  /** A launch may name any of them, so that one that is gone breaks callers. */
  void instanceTypes(Resources before, Resources after) {
    String place = "/resources/instanceTypes";
    List<String> gone = new ArrayList<>(before.instanceTypes());
    gone.removeAll(after.instanceTypes());
    List<String> fresh = new ArrayList<>(after.instanceTypes());
    fresh.removeAll(before.instanceTypes());
    if (!gone.isEmpty()) {
      changes.breaking(place, NARROWED, "No longer runs on " + String.join(", ", gone));
    }
    if (!fresh.isEmpty()) {
      changes.compatible(place, WIDENED, "Also runs on " + String.join(", ", fresh));
    }
    String first = after.instanceTypes().getFirst();
    if (!first.equals(before.instanceTypes().getFirst())) {
      changes.compatible(place, CHANGED, "Runs on %s by default now".formatted(first));
    }
  }

  /** That a job resumes after an interruption is something callers rely on. */
  void checkpoints(boolean before, boolean after) {
    if (before && !after) {
      changes.breaking("/checkpoints", NARROWED, "Does not resume from checkpoints any more");
    } else if (after && !before) {
      changes.compatible("/checkpoints", WIDENED, "Resumes from checkpoints now");
    }
  }

  void environment(SortedMap<String, String> before, SortedMap<String, String> after) {
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    for (String name : names) {
      changes.value(
          step("/environment", name),
          "The variable",
          text(before.get(name)),
          text(after.get(name)));
    }
  }

  private static @Nullable JsonValue text(@Nullable String value) {
    return value == null ? null : new JsonString(value);
  }
}
