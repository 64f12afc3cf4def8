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

  private static final Pattern ONE = Pattern.compile("(?i)\\s*bytes\\s*=\\s*(\\d*)-(\\d*)\\s*");

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
      long last = Math.min(number(one.group(2)), size);
      return Optional.of(last == 0 ? UNSATISFIABLE : new ByteRange(size - last, last));
    }
    long from = number(one.group(1));
    long to = one.group(2).isEmpty() ? Long.MAX_VALUE : number(one.group(2));
    if (to < from) {
      return Optional.empty();
    }
    return Optional.of(
        from >= size ? UNSATISFIABLE : new ByteRange(from, Math.min(to, size - 1) - from + 1));
  }

  /** However many digits it has: beyond every content is beyond. */
  private static long number(String digits) {
    String plain = digits.replaceFirst("^0+(?=.)", "");
    return plain.length() > 18 ? Long.MAX_VALUE : Long.parseLong(plain);
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
