package io.byoa.engine.contract;

import java.util.Collections;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * A job's hyperparameters in their three forms, sorted by name as Python sorts.
 *
 * @param given as the client wrote them
 */
record HyperParameters(SequencedMap<String, Json> given) {

  /**
   * From the order's map of names to JSON text.
   *
   * @throws IllegalArgumentException when a value is not JSON
   */
  static HyperParameters of(Map<String, String> texts) {
    SequencedMap<String, Json> sorted = new TreeMap<>(PythonText.ORDER);
    texts.forEach((name, text) ->
        sorted.put(
            name,
            PythonJson.read(text)
                .orElseThrow(() ->
                    new IllegalArgumentException(
                        "The hyperparameter " + name + " is not JSON: " + text))));
    return new HyperParameters(Collections.unmodifiableSequencedMap(sorted));
  }

  /** What {@code hyperparameters.json} holds: a flat object of strings. */
  Json file() {
    SequencedMap<String, Json> file = Json.members();
    given.forEach((name, value) -> file.put(name, Json.of(flat(value))));
    return new Json.Members(file);
  }

  /**
   * What the public toolkit makes of that file: it takes every string for JSON, and for itself only
   * where it is not. So the string {@code "7"} comes out as the number 7.
   */
  SequencedMap<String, Json> asToolkitReads() {
    SequencedMap<String, Json> read = new TreeMap<>(PythonText.ORDER);
    given.forEach((name, value) -> {
      String flat = flat(value);
      read.put(name, PythonJson.read(flat).filter(HyperParameters::passable).orElse(Json.of(flat)));
    });
    return read;
  }

  /** A string as it is, everything else as JSON text. */
  static String flat(Json value) {
    return value instanceof Json.Text(String text) ? text : JsonText.of(value);
  }

  /**
   * Whether a value can reach a process: the toolkit itself dies of U+0000 and of half a surrogate
   * pair where they are not escaped again, which lists do.
   */
  private static boolean passable(Json value) {
    return switch (value) {
      case Json.Text(String text) -> passable(text);
      case Json.Members(var members) ->
          members.entrySet().stream()
              .allMatch(member ->
                  passable(member.getKey())
                      && (!(member.getValue() instanceof Json.Text(String text))
                          || passable(text)));
      case Json.Null _, Json.Bool _, Json.Num _, Json.Elements _ -> true;
    };
  }

  private static boolean passable(String text) {
    return text.codePoints()
        .noneMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
  }
}
