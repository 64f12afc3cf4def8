package io.byoa.common;

/**
 * A line of what the server prints when it is ready. Any bean may be one; the lines come out sorted
 * by {@link #order} and aligned.
 */
public interface StartupNote {

  /** One or two words, such as {@code Sandbox}. */
  String label();

  /** What there is to say; may hold several lines. Nothing is printed when it is empty. */
  String text();

  /** The same for the log, which more people may read: nothing secret. */
  default String logged() {
    return text();
  }

  /** Where among the lines: the address is at 0, the data folder at 10. */
  default int order() {
    return 50;
  }
}
