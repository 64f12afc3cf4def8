package io.byoa;

import io.byoa.common.StartupNote;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** The lines that the server prints when it is ready, their texts one under the other. */
final class Banner {

  private Banner() {}

  static String of(List<StartupNote> notes) {
    List<StartupNote> shown = sorted(notes, StartupNote::text);
    int width = shown.stream().mapToInt(note -> note.label().length()).max().orElse(0);
    StringBuilder banner = new StringBuilder("\nBYOA is ready.\n\n");
    for (StartupNote note : shown) {
      String label = note.label();
      for (String line : note.text().lines().toList()) {
        banner.append("  ").append(label).append(" ".repeat(width - label.length() + 3));
        banner.append(line).append('\n');
        label = "";
      }
    }
    return banner.append('\n').toString();
  }

  /** The notes that have something to say, in their order. */
  static List<StartupNote> sorted(List<StartupNote> notes, Function<StartupNote, String> said) {
    return notes.stream()
        .filter(note -> !said.apply(note).isEmpty())
        .sorted(Comparator.comparingInt(StartupNote::order).thenComparing(StartupNote::label))
        .toList();
  }
}
