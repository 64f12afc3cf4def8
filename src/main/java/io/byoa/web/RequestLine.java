package io.byoa.web;

import io.byoa.common.Violation;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The part of a request in front of its body, checked before anybody interprets it.
 *
 * <p>Only one spelling of an address is served. Spellings that layers are known to read differently
 * ({@code //}, {@code ;x=y}, {@code %2F}, dot segments: CVE-2023-4853 and its like) are refused
 * here, so that no access rule and no route can disagree about what was asked for.
 */
final class RequestLine {

  /** Below the limits of the HTTP codec, which can only answer without a body. */
  static final int MAX_URI_LENGTH = 8 * 1024;

  static final int MAX_HEADER_BYTES = 20 * 1024;

  private static final String API = "/api/v1/";

  private RequestLine() {}

  static Optional<Problem> check(HttpServerRequest request) {
    if (request.uri().length() > MAX_URI_LENGTH) {
      return Optional.of(Problems.ofStatus(414));
    }
    int headerBytes = 0;
    for (Map.Entry<String, String> header : request.headers()) {
      headerBytes += header.getKey().length() + header.getValue().length() + 4;
    }
    if (headerBytes > MAX_HEADER_BYTES) {
      return Optional.of(Problems.ofStatus(431));
    }
    if (!request.uri().startsWith("/")) {
      return Optional.of(notCanonical("the request's target does not begin with '/'"));
    }
    String path = request.path();
    return path == null ? Optional.of(notCanonical("it is missing")) : check(path);
  }

  /** What is wrong with this raw path, if anything. */
  static Optional<Problem> check(String path) {
    if (!path.startsWith("/")) {
      return Optional.of(notCanonical("it does not begin with '/'"));
    }
    int segment = 1;
    for (int i = 1; i <= path.length(); i++) {
      char c = i < path.length() ? path.charAt(i) : '/';
      if (c == '/') {
        boolean last = i == path.length();
        if (i == segment && !last) {
          return Optional.of(notCanonical("it has an empty segment ('//')"));
        }
        if (isDots(path, segment, i)) {
          return Optional.of(notCanonical("it has a '.' or '..' segment"));
        }
        if (i == segment && path.startsWith(API)) {
          return Optional.of(notCanonical("it ends in '/'"));
        }
        segment = i + 1;
      } else if (c == '%') {
        int octet = octet(path, i);
        if (octet < 0) {
          return Optional.of(notCanonical("a '%' is not followed by two hexadecimal digits"));
        }
        if (octet < 0x20 || octet == 0x7f) {
          return Optional.of(notCanonical("it has an encoded control character"));
        }
        if (octet == '/' || octet == '\\') {
          return Optional.of(notCanonical("it has an encoded '/' or '\\'"));
        }
        i += 2;
      } else if (c == ';' || c == '\\') {
        return Optional.of(notCanonical("it has a '" + c + "'"));
      } else if (c <= 0x20 || c >= 0x7f) {
        return Optional.of(notCanonical("it has a character that must be percent-encoded"));
      }
    }
    return Optional.empty();
  }

  private static int octet(String path, int percent) {
    if (percent + 2 >= path.length()) {
      return -1;
    }
    int high = Character.digit(path.charAt(percent + 1), 16);
    int low = Character.digit(path.charAt(percent + 2), 16);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
  }

  /** Whether the segment is {@code .} or {@code ..} once percent-encoding is undone. */
  private static boolean isDots(String path, int from, int to) {
    int dots = 0;
    for (int i = from; i < to; i++) {
      if (path.charAt(i) == '.') {
        dots++;
      } else if (path.regionMatches(true, i, "%2e", 0, 3)) {
        dots++;
        i += 2;
      } else {
        return false;
      }
    }
    return dots == 1 || dots == 2;
  }

  private static Problem notCanonical(String why) {
    return new Problem(
        400,
        "path-not-canonical",
        "The request's path is not in its plain form: " + why + ".",
        List.of(new Violation("{path}", why)),
        null);
  }
}
