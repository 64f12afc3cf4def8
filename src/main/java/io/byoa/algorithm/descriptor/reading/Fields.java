package io.byoa.algorithm.descriptor.reading;

import static io.byoa.common.Violation.step;

import io.byoa.common.Nearest;
import io.byoa.common.json.JsonObject;
import io.byoa.common.json.JsonString;
import java.util.List;

/** The members of one object of the document. */
public record Fields(JsonObject json, String pointer, Problems problems) {

  /**
   * Notes every member whose name is not known, with the nearest one that is.
   *
   * @param noun what a member is called, such as {@code field}
   */
  public static Fields of(
      JsonObject json, String noun, String pointer, Problems problems, String... known) {
    List<String> names = List.of(known);
    json.members()
        .keySet()
        .forEach(name -> {
          if (!names.contains(name)) {
            problems.add(
                step(pointer, name),
                "Unknown %s %s%s"
                    .formatted(noun, Problems.shown(new JsonString(name)), hint(name, names)));
          }
        });
    return new Fields(json, pointer, problems);
  }

  private static String hint(String name, List<String> known) {
    String nearest = Nearest.hint(name, known);
    return nearest.isEmpty() ? "; known here: " + String.join(", ", known) : nearest;
  }

  /** The place of this member, which may be empty. */
  public Field get(String name) {
    return new Field(step(pointer, name), json.get(name), problems);
  }
}
