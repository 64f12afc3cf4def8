package io.byoa.engine.local.sandbox;

import java.util.List;
import java.util.stream.Collectors;

/** Words as a POSIX shell reads them back, whatever is in them. */
final class ShellWords {

  private ShellWords() {}

  /** All words, each in single quotes. */
  static String quote(List<String> words) {
    return words.stream()
        .map(word -> "'" + word.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" "));
  }
}
