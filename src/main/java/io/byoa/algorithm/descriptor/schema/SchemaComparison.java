package io.byoa.algorithm.descriptor.schema;

import static io.byoa.algorithm.descriptor.difference.ChangeKind.ADDED;
import static io.byoa.algorithm.descriptor.difference.ChangeKind.CHANGED;
import static io.byoa.algorithm.descriptor.difference.ChangeKind.NARROWED;
import static io.byoa.algorithm.descriptor.difference.ChangeKind.REMOVED;
import static io.byoa.algorithm.descriptor.difference.ChangeKind.WIDENED;
import static io.byoa.common.Violation.step;

import io.byoa.algorithm.descriptor.difference.Changes;
import io.byoa.algorithm.descriptor.schema.ObjectRules.Additional;
import io.byoa.common.json.JsonEquality;
import io.byoa.common.json.JsonString;
import io.byoa.common.json.JsonValue;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares what two schemas accept. Narrowing breaks those who send values, widening does not; a
 * change that is neither, such as of a pattern, counts as breaking, since nobody can be sure.
 */
public final class SchemaComparison {

  private final Changes changes;

  /** Notes differences there. */
  public SchemaComparison(Changes changes) {
    this.changes = changes;
  }

  /**
   * Compares the schemas at this place.
   *
   * @param noun what members are called, such as {@code parameter}
   */
  public void compare(String pointer, String noun, Schema before, Schema after) {
    types(step(pointer, "type"), before, after);
    choices(pointer, before, after);
    changes.value(
        step(pointer, "default"), "The default", before.defaultValue(), after.defaultValue());
    text(step(pointer, "title"), "The title", before.title(), after.title());
    text(
        step(pointer, "description"), "The description", before.description(), after.description());
    new BoundComparison(changes, pointer).compare(before, after);
    items(step(pointer, "items"), before.arrays().items(), after.arrays().items());
    members(pointer, noun, before.objects(), after.objects());
  }

  private void text(String pointer, String what, @Nullable String before, @Nullable String after) {
    changes.value(
        pointer,
        what,
        before == null ? null : new JsonString(before),
        after == null ? null : new JsonString(after));
  }

  private void types(String pointer, Schema before, Schema after) {
    Set<JsonType> old = accepted(before);
    Set<JsonType> now = accepted(after);
    if (old.equals(now)) {
      return;
    }
    String detail = "Accepted %s and accepts %s".formatted(inWords(old), inWords(now));
    if (now.containsAll(old)) {
      changes.compatible(pointer, WIDENED, detail);
    } else {
      changes.breaking(pointer, old.containsAll(now) ? NARROWED : CHANGED, detail);
    }
  }

  private static Set<JsonType> accepted(Schema schema) {
    if (schema.types().isEmpty()) {
      return EnumSet.allOf(JsonType.class);
    }
    Set<JsonType> accepted = EnumSet.copyOf(schema.types());
    if (accepted.contains(JsonType.NUMBER)) {
      accepted.add(JsonType.INTEGER);
    }
    return accepted;
  }

  private static String inWords(Set<JsonType> types) {
    boolean any = types.size() == JsonType.values().length;
    return any
        ? "any value"
        : types.stream()
            .filter(type -> type != JsonType.INTEGER || !types.contains(JsonType.NUMBER))
            .map(JsonType::inWords)
            .collect(Collectors.joining(" or "));
  }

  private void choices(String pointer, Schema before, Schema after) {
    List<JsonValue> old = values(before);
    List<JsonValue> now = values(after);
    String place = step(pointer, after.constant() != null ? "const" : "enum");
    if (old == null && now == null) {
      return;
    }
    if (old == null) {
      changes.breaking(place, NARROWED, "Only some values are accepted now: " + listed(now));
      return;
    }
    if (now == null) {
      changes.compatible(place, WIDENED, "Was limited to " + listed(old));
      return;
    }
    List<JsonValue> gone = without(old, now);
    List<JsonValue> fresh = without(now, old);
    if (!gone.isEmpty()) {
      changes.breaking(place, NARROWED, "No longer accepts " + listed(gone));
    }
    if (!fresh.isEmpty()) {
      changes.compatible(place, WIDENED, "Also accepts " + listed(fresh));
    }
  }

  private static @Nullable List<JsonValue> values(Schema schema) {
    JsonValue constant = schema.constant();
    return constant == null ? schema.choices() : List.of(constant);
  }

  private static List<JsonValue> without(List<JsonValue> values, List<JsonValue> others) {
    return values.stream().filter(value -> !JsonEquality.contains(others, value)).toList();
  }

  private static String listed(@Nullable List<JsonValue> values) {
    return Objects.requireNonNull(values).stream()
        .map(JsonValue::text)
        .collect(Collectors.joining(", "));
  }

  private void items(String pointer, @Nullable Schema before, @Nullable Schema after) {
    if (before != null && after != null) {
      compare(pointer, "property", before, after);
    } else if (after != null) {
      changes.breaking(pointer, NARROWED, "Items are limited now");
    } else if (before != null) {
      changes.compatible(pointer, WIDENED, "Items were limited");
    }
  }

  private void members(String pointer, String noun, ObjectRules before, ObjectRules after) {
    String properties = step(pointer, "properties");
    before
        .properties()
        .forEach((name, old) -> {
          Schema now = after.properties().get(name);
          String place = step(properties, name);
          if (now != null) {
            compare(place, "property", old, now);
          } else {
            removed(place, noun, name, old, after.additional());
          }
        });
    after
        .properties()
        .forEach((name, now) -> {
          if (!before.properties().containsKey(name)) {
            added(step(properties, name), noun, name, before, after);
          }
        });
    required(step(pointer, "required"), noun, before, after);
    additional(step(pointer, "additionalProperties"), before.additional(), after.additional());
  }

  private void removed(String pointer, String noun, String name, Schema old, Additional others) {
    switch (others) {
      case Additional.Nothing _ ->
          changes.breaking(pointer, REMOVED, "The %s '%s' is gone".formatted(noun, name));
      case Additional.Anything _ ->
          changes.compatible(
              pointer,
              REMOVED,
              "The %s '%s' is not declared any more, but accepted".formatted(noun, name));
      case Additional.Each(Schema each) -> compare(pointer, "property", old, each);
    }
  }

  private void added(
      String pointer, String noun, String name, ObjectRules before, ObjectRules after) {
    if (after.required().contains(name) && !before.required().contains(name)) {
      changes.breaking(pointer, ADDED, "The %s '%s' is new and required".formatted(noun, name));
    } else {
      changes.compatible(pointer, ADDED, "The %s '%s' is new".formatted(noun, name));
    }
  }

  private void required(String pointer, String noun, ObjectRules before, ObjectRules after) {
    for (String name : after.required()) {
      if (!before.required().contains(name) && before.properties().containsKey(name)) {
        changes.breaking(pointer, NARROWED, "The %s '%s' is required now".formatted(noun, name));
      }
    }
    for (String name : before.required()) {
      if (!after.required().contains(name) && after.properties().containsKey(name)) {
        changes.compatible(
            pointer, WIDENED, "The %s '%s' is not required any more".formatted(noun, name));
      }
    }
  }

  private void additional(String pointer, Additional before, Additional after) {
    if (before instanceof Additional.Each(Schema old)
        && after instanceof Additional.Each(Schema now)) {
      compare(pointer, "property", old, now);
      return;
    }
    int order = Integer.compare(openness(before), openness(after));
    if (order < 0) {
      changes.compatible(pointer, WIDENED, "More members are accepted besides the declared ones");
    } else if (order > 0) {
      changes.breaking(pointer, NARROWED, "Fewer members are accepted besides the declared ones");
    }
  }

  private static int openness(Additional additional) {
    return switch (additional) {
      case Additional.Nothing _ -> 0;
      case Additional.Each _ -> 1;
      case Additional.Anything _ -> 2;
    };
  }
}
