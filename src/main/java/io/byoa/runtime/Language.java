package io.byoa.runtime;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a program is written in, as far as whoever starts it needs to know. */
public enum Language {
  /** Python, at a version of the catalogue. */
  PYTHON,
  /** R, at a version of the catalogue. */
  R,
  /** Anything that runs as it is in a plain image: a shell script, a static binary. */
  OTHER,
  /** Whatever the algorithm's own image brings. */
  CONTAINER;

  /** As the descriptor writes it: in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it comes in versions that the catalogue lists. */
  public boolean hasVersions() {
    return this == PYTHON || this == R;
  }

  /** The language of this word. */
  public static Optional<Language> of(String word) {
    return Arrays.stream(values()).filter(language -> language.word().equals(word)).findFirst();
  }

  /** All words. */
  public static List<String> words() {
    return Arrays.stream(values()).map(Language::word).toList();
  }
}
