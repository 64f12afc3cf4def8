package io.byoa.web;

import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.InvalidLineSeparatorException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;

/**
 * Why the part of a request in front of its body cannot be read, or not in one way only.
 *
 * <p>It has no stack: whoever sends such a request decides how often it is made.
 */
final class UnreadableHead extends RuntimeException {

  private static final long serialVersionUID = 1;

  private static final String ONE_LENGTH =
      "Send one Content-Length, or 'Transfer-Encoding: chunked' without one.";

  private final transient Problem problem;

  private UnreadableHead(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  static UnreadableHead requestLine() {
    return new UnreadableHead(
        malformed(
            "The request's first line cannot be read: it is a method, a path and 'HTTP/1.1', with one"
                + " space between them, as in 'GET /api/v1/algorithms HTTP/1.1'."));
  }

  static UnreadableHead version() {
    return new UnreadableHead(
        new Problem(
            505,
            "http-version-unsupported",
            "This server speaks HTTP/1.0, HTTP/1.1 and HTTP/2; the request's first line names another"
                + " version. Write HTTP/1.1 there."));
  }

  static UnreadableHead tls() {
    return new UnreadableHead(
        malformed("This port speaks plain HTTP and not TLS: write http:// instead of https://."));
  }

  static UnreadableHead header() {
    return new UnreadableHead(
        malformed(
            "A header cannot be read: each is a line 'Name: value', without a blank before the colon,"
                + " other characters than letters, digits and -_ in the name, or control characters in"
                + " the value."));
  }

  static UnreadableHead folded() {
    return new UnreadableHead(
        malformed(
            "A header goes on in a line that begins with a blank, which servers read differently."
                + " Send each header in one line."));
  }

  static UnreadableHead twoHosts() {
    return new UnreadableHead(
        malformed("The request has more than one Host header; send the one that you mean."));
  }

  static UnreadableHead twoLengths() {
    return new UnreadableHead(
        malformed("The request has more than one Content-Length. " + ONE_LENGTH));
  }

  static UnreadableHead lengthBesideChunks() {
    return new UnreadableHead(
        malformed(
            "The request has both a Content-Length and a Transfer-Encoding, so that servers would not"
                + " agree where it ends. "
                + ONE_LENGTH));
  }

  /** What to answer to a request that the decoder has failed at. */
  static Problem problemOf(HttpRequest head) {
    DecoderResult result = head.decoderResult();
    return switch (result.cause()) {
      case UnreadableHead e -> e.problem;
      case TooLongHttpLineException _ -> Problems.ofStatus(414);
      case TooLongHttpHeaderException _ -> Problems.ofStatus(431);
      case InvalidLineSeparatorException _ ->
          malformed("A line in front of the request's body does not end in CR and LF.");
      default -> ofHeaders(head);
    };
  }

  private static Problem ofHeaders(HttpRequest head) {
    if (isNothing(head)) {
      return requestLine().problem;
    }
    return RequestLine.checkLength(head.headers().get(HttpHeaderNames.CONTENT_LENGTH))
        .orElseGet(() -> header().problem);
  }

  /** Whether the decoder had to make a request up, since it could not read the first line. */
  static boolean isNothing(HttpRequest head) {
    return head instanceof FullHttpRequest;
  }

  private static Problem malformed(String detail) {
    return new Problem(400, "malformed-request", detail);
  }
}
