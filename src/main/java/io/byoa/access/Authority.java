package io.byoa.access;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host and perhaps a port, as {@code Host}, {@code Origin} and the settings name them.
 *
 * @param host in lower case; an IPv6 address in brackets; without a trailing dot
 * @param port 0–65535, or -1 for none
 */
record Authority(String host, int port) {

  private static final Pattern SHAPE =
      Pattern.compile(
          "(\\[[0-9a-f:.]{2,45}]|[a-z0-9_-]{1,63}(?:\\.[a-z0-9_-]{1,63})*\\.?)(?::(\\d{1,5}))?");
  private static final int LONGEST = 261;

  static Optional<Authority> parse(String text) {
    Matcher matcher = SHAPE.matcher(text.toLowerCase(Locale.ROOT));
    if (text.length() > LONGEST || !matcher.matches()) {
      return Optional.empty();
    }
    String name = matcher.group(1);
    String host = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    int port = matcher.group(2) == null ? -1 : Integer.parseInt(matcher.group(2));
    return port > 65535 ? Optional.empty() : Optional.of(new Authority(host, port));
  }
}
