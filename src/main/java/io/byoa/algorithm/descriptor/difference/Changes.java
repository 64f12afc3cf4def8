package io.byoa.algorithm.descriptor.difference;

import io.byoa.common.json.JsonEquality;
import io.byoa.common.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects differences in the order in which they are found. */
public final class Changes {

  private final List<Change> changes = new ArrayList<>();

  /** Notes a difference that breaks callers. */
  public void breaking(String pointer, ChangeKind kind, String detail) {
    changes.add(new Change(pointer, kind, true, detail + "."));
  }

  /** Notes a difference that callers need not care about. */
  public void compatible(String pointer, ChangeKind kind, String detail) {
    changes.add(new Change(pointer, kind, false, detail + "."));
  }

  /** Notes a value that is there now, is gone, or is another one, none of which breaks callers. */
  public void value(
      String pointer, String what, @Nullable JsonValue before, @Nullable JsonValue after) {
    if (JsonEquality.same(before, after)) {
      return;
    }
    if (before == null) {
      compatible(pointer, ChangeKind.ADDED, "%s is %s now".formatted(what, after));
    } else if (after == null) {
      compatible(pointer, ChangeKind.REMOVED, "%s was %s".formatted(what, before));
    } else {
      compatible(pointer, ChangeKind.CHANGED, "%s was %s and is %s".formatted(what, before, after));
    }
  }

  /** All of them. */
  public List<Change> all() {
    return List.copyOf(changes);
  }
}
