package io.byoa.job.intake;

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
    for (int end = end(piece, 0); end >= 0; end = end(piece, start)) {
      lines.add(text(piece, start, end));
      start = end;
    }
    if (last && start < piece.length) {
      lines.add(text(piece, start, piece.length));
      start = piece.length;
    }
    return new LogLines(Arrays.copyOf(piece, start), lines);
  }

  /** So many of these lines, from the first one on. */
  public LogLines first(int count) {
    if (count == lines.size()) {
      return this;
    }
    int end = 0;
    for (int i = 0; i < count; i++) {
      end = end(bytes, end);
    }
    return new LogLines(Arrays.copyOf(bytes, end), lines.subList(0, count));
  }

  /**
   * Where a line ends.
   *
   * @param from its first byte
   * @return the first byte after it; -1 when the piece holds only its beginning
   */
  public static int end(byte[] piece, int from) {
    int longest = Math.min(piece.length, from + LONGEST);
    for (int i = from; i < longest; i++) {
      if (piece[i] == '\n') {
        return i + 1;
      }
    }
    return longest - from == LONGEST ? longest : -1;
  }

  /** The text of the line in these bytes, without its end. */
  public static String text(byte[] bytes, int from, int to) {
    int end = to > from && bytes[to - 1] == '\n' ? to - 1 : to;
    int text = end > from && bytes[end - 1] == '\r' ? end - 1 : end;
    return new String(bytes, from, text - from, StandardCharsets.UTF_8);
  }
}
