package io.byoa.job.log;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Whole lines cut from the front of a piece of output.
 *
 * <p>A line ends with a line feed. A line that grows beyond {@link #LONGEST} bytes is cut into
 * several, so that no program can make the server hold an endless one; the rest of an unfinished
 * line stays for the next piece, unless there will be none.
 *
 * @param bytes the lines as they came, each with its line feed if it had one
 * @param lines the same as text without line ends, in UTF-8 with malformed bytes replaced
 */
@SuppressWarnings("ArrayRecordComponent") // written once and never compared
public record LogLines(byte[] bytes, List<String> lines) {

  /** Bytes of the longest line that is kept whole. */
  public static final int LONGEST = 64 * 1024;

  /**
   * Cuts lines from a piece of output.
   *
   * @param last whether nothing comes after this piece, so that an unfinished line is a line too
   */
  public static LogLines cut(byte[] piece, boolean last) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < piece.length; i++) {
      boolean end = piece[i] == '\n';
      if (end || i - start + 1 == LONGEST) {
        lines.add(text(piece, start, end ? i : i + 1));
        start = i + 1;
      }
    }
    if (last && start < piece.length) {
      lines.add(text(piece, start, piece.length));
      start = piece.length;
    }
    return new LogLines(Arrays.copyOf(piece, start), lines);
  }

  private static String text(byte[] bytes, int from, int to) {
    int end = to > from && bytes[to - 1] == '\r' ? to - 1 : to;
    return new String(bytes, from, end - from, StandardCharsets.UTF_8);
  }
}
