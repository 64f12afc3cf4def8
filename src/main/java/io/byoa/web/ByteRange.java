package io.byoa.web;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One part of a content (RFC 9110 section 14).
 *
 * @param from the first byte, from 0
 * @param length how many bytes; 0 only for a part that cannot be satisfied
 */
record ByteRange(long from, long length) {

  private static final Pattern ONE =
      Pattern.compile("(?i)\\s*bytes\\s*=\\s*(\\d{0,18})-(\\d{0,18})\\s*");

  private static final ByteRange UNSATISFIABLE = new ByteRange(0, 0);

  /**
   * The part that a {@code Range} header asks for; empty when the header is to be ignored: another
   * unit, several parts, or nonsense.
   */
  static Optional<ByteRange> parse(String header, long size) {
    Matcher one = ONE.matcher(header);
    if (!one.matches() || (one.group(1).isEmpty() && one.group(2).isEmpty())) {
      return Optional.empty();
    }
    if (one.group(1).isEmpty()) {
      long last = Math.min(Long.parseLong(one.group(2)), size);
      return Optional.of(last == 0 ? UNSATISFIABLE : new ByteRange(size - last, last));
    }
    long from = Long.parseLong(one.group(1));
    long to = one.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(one.group(2));
    if (to < from) {
      return Optional.empty();
    }
    return Optional.of(
        from >= size ? UNSATISFIABLE : new ByteRange(from, Math.min(to, size - 1) - from + 1));
  }

  boolean isSatisfiable() {
    return length > 0;
  }

  String contentRange(long size) {
    return isSatisfiable()
        ? "bytes " + from + "-" + (from + length - 1) + "/" + size
        : "bytes */" + size;
  }
}
