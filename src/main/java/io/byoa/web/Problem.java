package io.byoa.web;

import io.byoa.common.Failure;
import io.byoa.common.Violation;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An error answer: what went wrong, as RFC 9457 describes it.
 *
 * @param status the HTTP status, 400–599
 * @param code the stable, kebab-case name of the problem; {@code type} ends in it
 * @param detail one or two sentences for the person who sent the request
 * @param errors the places in the request that are wrong, all at once; may be empty
 * @param retryAfter sent as {@code Retry-After}, in whole seconds rounded up
 */
record Problem(
    int status, String code, String detail, List<Violation> errors, @Nullable Duration retryAfter) {

  static final String MEDIA_TYPE = "application/problem+json";

  private static final String TYPE_PREFIX = "urn:byoa:problem:";

  Problem {
    errors = List.copyOf(errors);
  }

  Problem(int status, String code, String detail) {
    this(status, code, detail, List.of(), null);
  }

  /** The problem that a failure is, one HTTP status for each kind. */
  static Problem of(Failure failure) {
    int status =
        switch (failure) {
          case Failure.Malformed _ -> 400;
          case Failure.Unauthenticated _ -> 401;
          case Failure.Forbidden _ -> 403;
          case Failure.NotFound _ -> 404;
          case Failure.Conflict _ -> 409;
          case Failure.Gone _ -> 410;
          case Failure.PreconditionFailed _ -> 412;
          case Failure.TooLarge _ -> 413;
          case Failure.UnsupportedMediaType _ -> 415;
          case Failure.Misdirected _ -> 421;
          case Failure.Invalid _ -> 422;
          case Failure.PreconditionRequired _ -> 428;
          case Failure.TooMany _ -> 429;
          case Failure.Unavailable _ -> 503;
          case Failure.InsufficientStorage _ -> 507;
        };
    return new Problem(
        status, failure.code(), failure.detail(), failure.violations(), failure.retryAfter());
  }

  /** An absolute URI that names the kind of problem and ends in its code. */
  String type() {
    return TYPE_PREFIX + code;
  }

  /** The code as words: {@code version-disabled} reads "Version disabled". */
  String title() {
    return Character.toUpperCase(code.charAt(0)) + code.substring(1).replace('-', ' ');
  }
}
