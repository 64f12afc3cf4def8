package io.byoa.algorithm.descriptor;

import static io.byoa.algorithm.descriptor.difference.ChangeKind.ADDED;
import static io.byoa.algorithm.descriptor.difference.ChangeKind.CHANGED;
import static io.byoa.algorithm.descriptor.difference.ChangeKind.NARROWED;
import static io.byoa.algorithm.descriptor.difference.ChangeKind.REMOVED;
import static io.byoa.algorithm.descriptor.difference.ChangeKind.WIDENED;

import io.byoa.algorithm.descriptor.difference.Changes;
import io.byoa.common.json.JsonString;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares channels by name. */
record ChannelComparison(Changes changes) {

  void compare(List<Channel> before, List<Channel> after) {
    for (int i = 0; i < before.size(); i++) {
      String name = before.get(i).name();
      if (find(after, name) == null) {
        changes.breaking("/channels/" + i, REMOVED, "The channel '%s' is gone".formatted(name));
      }
    }
    for (int i = 0; i < after.size(); i++) {
      Channel now = after.get(i);
      Channel old = find(before, now.name());
      if (old != null) {
        compare("/channels/" + i, old, now);
      } else if (now.required()) {
        changes.breaking(
            "/channels/" + i, ADDED, "The channel '%s' is new and required".formatted(now.name()));
      } else {
        changes.compatible(
            "/channels/" + i, ADDED, "The channel '%s' is new".formatted(now.name()));
      }
    }
  }

  private static @Nullable Channel find(List<Channel> channels, String name) {
    return channels.stream().filter(each -> each.name().equals(name)).findFirst().orElse(null);
  }

  private void compare(String pointer, Channel before, Channel after) {
    if (after.required() && !before.required()) {
      changes.breaking(
          pointer + "/required",
          NARROWED,
          "The channel '%s' is required now".formatted(after.name()));
    } else if (before.required() && !after.required()) {
      changes.compatible(
          pointer + "/required",
          WIDENED,
          "The channel '%s' is not required any more".formatted(after.name()));
    }
    contentTypes(pointer + "/contentTypes", before.contentTypes(), after.contentTypes());
    changes.value(
        pointer + "/description",
        "The description",
        new JsonString(before.description()),
        new JsonString(after.description()));
  }

  private void contentTypes(String pointer, List<String> before, List<String> after) {
    List<String> gone = new ArrayList<>(before);
    gone.removeAll(after);
    List<String> fresh = new ArrayList<>(after);
    fresh.removeAll(before);
    if (before.isEmpty() && !after.isEmpty()) {
      // Nothing was promised before, so nothing is broken.
      changes.compatible(pointer, CHANGED, "Says now that it reads " + String.join(", ", fresh));
    } else if (after.isEmpty() && !before.isEmpty()) {
      changes.compatible(pointer, WIDENED, "Does not say any more what it reads");
    } else {
      if (!gone.isEmpty()) {
        changes.breaking(pointer, NARROWED, "No longer reads " + String.join(", ", gone));
      }
      if (!fresh.isEmpty()) {
        changes.compatible(pointer, WIDENED, "Also reads " + String.join(", ", fresh));
      }
    }
  }
}
