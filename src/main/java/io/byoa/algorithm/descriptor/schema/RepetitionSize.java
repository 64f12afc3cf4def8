package io.byoa.algorithm.descriptor.schema;

/**
 * Estimates how many instructions an RE2 program has, from the text of the expression and without
 * building it. Never less than the truth where counted repetitions are concerned; syntax errors are
 * somebody else's to find.
 */
final class RepetitionSize {

  private static final long CEILING = 1_000_000_000L;

  private final String text;
  private int at;

  private RepetitionSize(String text) {
    this.text = text;
  }

  static long of(String text) {
    RepetitionSize estimate = new RepetitionSize(text);
    long size = 0;
    while (estimate.at < text.length()) {
      size = capped(size + estimate.sequence());
      estimate.at++; // a parenthesis that was never opened
    }
    return size;
  }

  /** Up to the closing parenthesis or the end; alternatives add up like a sequence. */
  private long sequence() {
    long size = 0;
    while (at < text.length() && text.charAt(at) != ')') {
      long atom = atom();
      size = capped(size + repeated(atom));
    }
    return size;
  }

  private long atom() {
    char c = text.charAt(at++);
    return switch (c) {
      case '(' -> {
        long inner = sequence();
        at++;
        yield inner + 3;
      }
      case '[' -> {
        skipClass();
        yield 1;
      }
      case '\\' -> escape();
      default -> 1;
    };
  }

  private long escape() {
    if (text.startsWith("Q", at)) {
      int end = text.indexOf("\\E", at);
      long literals = (end < 0 ? text.length() : end) - at - 1L;
      at = end < 0 ? text.length() : end + 2;
      return literals;
    }
    // The braces of \x{10FFFF} and \p{Greek} are no repetition.
    boolean braces = text.startsWith("{", at + 1) && "xpP".indexOf(text.charAt(at)) >= 0;
    int end = braces ? text.indexOf('}', at) : -1;
    at = end < 0 ? at + 1 : end + 1;
    return 1;
  }

  private void skipClass() {
    if (text.startsWith("^", at)) {
      at++;
    }
    boolean first = true;
    while (at < text.length() && (first || text.charAt(at) != ']')) {
      first = false;
      if (text.startsWith("[:", at) && text.indexOf(":]", at) > 0) {
        at = text.indexOf(":]", at) + 2;
      } else {
        at += text.charAt(at) == '\\' ? 2 : 1;
      }
    }
    at++;
  }

  private long repeated(long atom) {
    long size = atom;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '*' || c == '+' || c == '?') {
        at++;
        size++;
      } else if (c == '{') {
        int end = text.indexOf('}', at);
        long times = end < 0 ? 0 : times(text.substring(at + 1, end));
        if (times == 0) {
          return size;
        }
        at = end + 1;
        size = capped((size + 1) * times);
      } else {
        return size;
      }
    }
    return size;
  }

  /** The largest number between the braces, and one more for an open end; 0 when it is text. */
  private static long times(String braces) {
    if (!braces.matches("\\d{1,9}(,\\d{0,9})?")) {
      return 0;
    }
    String[] bounds = braces.split(",", -1);
    long least = Long.parseLong(bounds[0]);
    if (bounds.length == 1) {
      return Math.max(1, least);
    }
    return bounds[1].isEmpty()
        ? least + 1
        : Math.max(1, Math.max(least, Long.parseLong(bounds[1])));
  }

  private static long capped(long size) {
    return Math.min(size, CEILING);
  }
}
