package io.byoa.web;

import io.byoa.common.Violation;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of a request in front of its body, checked before anybody interprets it.
 *
 * <p>Only one spelling of an address is served. Spellings that layers are known to read differently
 * ({@code //}, {@code ;x=y}, {@code %2F}, dot segments: CVE-2023-4853 and its like) are refused
 * here, so that no access rule and no route can disagree about what was asked for.
 */
final class RequestLine {

  /** Below the limits of {@link StrictDecoder}, after whose answer the connection ends. */
  static final int MAX_URI_LENGTH = 8 * 1024;

  static final int MAX_HEADER_BYTES = 20 * 1024;

  /** The largest upload there is, a data set's; as in quarkus.http.limits.max-body-size. */
  private static final long MAX_BODY = 64L << 30;

  private static final Pattern DIGITS = Pattern.compile("[0-9]+");

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
    if (request.authority() == null && request.version() != HttpVersion.HTTP_1_0) {
      return Optional.of(
          new Problem(
              400,
              "host-missing",
              "The request needs one header 'Host: <name>' or 'Host: <name>:<port>', the server's."));
    }
    if (!request.uri().startsWith("/")) {
      return Optional.of(notCanonical("the request's target does not begin with '/'"));
    }
    String path = request.path();
    if (path == null) {
      return Optional.of(notCanonical("it is missing"));
    }
    return check(path)
        .or(() -> checkQuery(request.uri()))
        .or(() -> checkLength(request.getHeader(HttpHeaders.CONTENT_LENGTH)))
        .or(() -> checkForm(request.getHeader(HttpHeaders.CONTENT_TYPE)));
  }

  /** What is wrong with the raw query behind a path, if anything. */
  static Optional<Problem> checkQuery(String target) {
    int begin = target.indexOf('?');
    for (int i = begin + 1; begin >= 0 && i < target.length(); i++) {
      char c = target.charAt(i);
      if (c == '%') {
        if (octet(target, i) < 0) {
          return Optional.of(
              queryMalformed("a '%' is not followed by two hexadecimal digits; write %25 for it"));
        }
        i += 2;
      } else if (isRefused(c)) {
        return Optional.of(queryMalformed("it has " + mustBeEncoded(c)));
      }
    }
    return Optional.empty();
  }

  /** Neither of RFC 3986's characters nor harmless. */
  private static boolean isRefused(char c) {
    return c <= 0x20 || c >= 0x7f || "\"#<>\\^`{|}".indexOf(c) >= 0;
  }

  private static String mustBeEncoded(char c) {
    return c <= 0x20 || c >= 0x7f
        ? "a character that must be percent-encoded, as UTF-8"
        : "a character that must be percent-encoded; write %%%02X for '%c'".formatted((int) c, c);
  }

  /**
   * What is wrong with the headers that say where an HTTP/1 request ends, if anything. A body in
   * another coding would be read as if it had none, and two servers in a row might disagree about
   * where it ends.
   */
  static Optional<Problem> checkFraming(MultiMap headers, boolean mayBeChunked) {
    if (!headers.contains(HttpHeaders.TRANSFER_ENCODING)) {
      return checkLength(headers.get(HttpHeaders.CONTENT_LENGTH));
    }
    List<String> codings = headers.getAll(HttpHeaders.TRANSFER_ENCODING);
    return mayBeChunked && codings.size() == 1 && codings.getFirst().equalsIgnoreCase("chunked")
        ? Optional.empty()
        : Optional.of(
            new Problem(
                400,
                "transfer-encoding-unsupported",
                "Transfer-Encoding may be 'chunked' and nothing else, and only in HTTP/1.1."));
  }

  /** What is wrong with a Content-Length, if anything. */
  static Optional<Problem> checkLength(@Nullable String length) {
    if (length == null) {
      return Optional.empty();
    }
    if (!DIGITS.matcher(length).matches()) {
      return Optional.of(
          new Problem(
              400,
              "malformed-request",
              "Content-Length is not a number of bytes, in digits and nothing else."));
    }
    return length.length() < 19 && Long.parseLong(length) <= MAX_BODY
        ? Optional.empty()
        : Optional.of(
            new Problem(
                413,
                "body-too-large",
                "The body is larger than the %,d bytes of the largest upload."
                    .formatted(MAX_BODY)));
  }

  private static Optional<Problem> checkForm(@Nullable String contentType) {
    if (contentType == null) {
      return Optional.empty();
    }
    String type = contentType.toLowerCase(Locale.ROOT);
    return !type.startsWith("multipart/") || type.contains("boundary=")
        ? Optional.empty()
        : Optional.of(
            new Problem(
                400,
                "boundary-missing",
                "The Content-Type of a form names its boundary, as 'multipart/form-data; boundary=…'."
                    + " Clients add it by themselves when they make the form (curl -F) and no"
                    + " Content-Type is set by hand."));
  }

  private static Problem queryMalformed(String why) {
    return new Problem(
        400,
        "query-malformed",
        "The request's query cannot be read: " + why + ".",
        List.of(new Violation("?", why)),
        null);
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
      } else if (isRefused(c)) {
        return Optional.of(notCanonical("it has " + mustBeEncoded(c)));
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
