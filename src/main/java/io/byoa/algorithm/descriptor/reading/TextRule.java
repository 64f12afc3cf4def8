package io.byoa.algorithm.descriptor.reading;

import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a string of the descriptor has to look like.
 *
 * @param what names it, with its article: {@code "the name of the algorithm"}
 * @param shortest in characters (code points)
 * @param longest in characters (code points)
 * @param pattern what all of it has to match; absent when anything goes
 * @param alphabet the pattern in words
 */
public record TextRule(
    String what, int shortest, int longest, @Nullable Pattern pattern, String alphabet) {

  /** Any text of this length. */
  public static TextRule any(String what, int shortest, int longest) {
    return new TextRule(what, shortest, longest, null, "");
  }

  /** A text of this length that matches as a whole. */
  public static TextRule matching(
      String what, int shortest, int longest, String pattern, String alphabet) {
    return new TextRule(what, shortest, longest, Pattern.compile(pattern), alphabet);
  }

  public boolean accepts(String text) {
    int length = text.codePointCount(0, text.length());
    return length >= shortest
        && length <= longest
        && (pattern == null || pattern.matcher(text).matches());
  }

  /** The rule as the end of a sentence that begins with the value. */
  public String inWords() {
    String length = shortest == 0 ? "at most " + longest : shortest + " to " + longest;
    return "is not %s: %s%s characters"
        .formatted(what, alphabet.isEmpty() ? "" : alphabet + ", ", length);
  }
}
