package io.byoa.web;

import org.jspecify.annotations.Nullable;

/** The rule for every text that a client sends: it can be kept, and given back as it came. */
final class StorableText {

  private StorableText() {}

  /** What is wrong with a text, as a sentence; null when nothing is. */
  static @Nullable String fault(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\0') {
        return "Contains U+0000, which cannot be kept.";
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        return "Contains half of a surrogate pair, which is not a character.";
      }
    }
    return null;
  }
}
