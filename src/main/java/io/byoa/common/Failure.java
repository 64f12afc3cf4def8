package io.byoa.common;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why a request cannot be served, as one closed set of kinds.
 *
 * <p>Each kind is one HTTP status; the {@link #code()} tells cases of a kind apart and is a promise
 * to clients: kebab-case, never renamed. The {@link #detail()} is a sentence that says what is
 * wrong and what to do about it. {@code io.byoa.web} turns a failure into {@code
 * application/problem+json} and nobody else does.
 */
public sealed interface Failure {

  /** The stable, kebab-case name of this failure, such as {@code version-disabled}. */
  String code();

  /** One or two sentences for the person who sent the request. */
  String detail();

  /**
   * The places in the request that are wrong, all of them at once; empty when there is no place.
   */
  default List<Violation> violations() {
    return List.of();
  }

  /** How long the client should wait before it asks again, when waiting can help. */
  default @Nullable Duration retryAfter() {
    return null;
  }

  /** Throws this failure; declared to return so that callers can write {@code throw f.raise()}. */
  default FailureException raise() {
    throw new FailureException(this);
  }

  /** 400: the request cannot be read. */
  record Malformed(String code, String detail, List<Violation> violations) implements Failure {
    public Malformed {
      Codes.check(code);
      violations = List.copyOf(violations);
    }

    /** A request that cannot be read, with no particular place to point at. */
    public Malformed(String code, String detail) {
      this(code, detail, List.of());
    }
  }

  /** 401: nobody, or nobody we know. */
  record Unauthenticated(String code, String detail) implements Failure {
    public Unauthenticated {
      Codes.check(code);
    }
  }

  /** 403: known, but not allowed. */
  record Forbidden(String code, String detail) implements Failure {
    public Forbidden {
      Codes.check(code);
    }
  }

  /** 404: no such thing, or not for this caller. */
  record NotFound(String code, String detail) implements Failure {
    public NotFound {
      Codes.check(code);
    }
  }

  /** 409: the thing is in a state that does not allow this, perhaps only for now. */
  record Conflict(String code, String detail, @Nullable Duration retryAfter) implements Failure {
    public Conflict {
      Codes.check(code);
    }

    /** A conflict that waiting does not resolve. */
    public Conflict(String code, String detail) {
      this(code, detail, null);
    }
  }

  /** 410: it was here, and will not come back. */
  record Gone(String code, String detail) implements Failure {
    public Gone {
      Codes.check(code);
    }
  }

  /** 412: the caller's {@code If-Match} is not the current state. */
  record PreconditionFailed(String code, String detail) implements Failure {
    public PreconditionFailed {
      Codes.check(code);
    }
  }

  /** 413: more than is accepted. */
  record TooLarge(String code, String detail) implements Failure {
    public TooLarge {
      Codes.check(code);
    }
  }

  /** 415: a body of a kind that this route does not take. */
  record UnsupportedMediaType(String code, String detail) implements Failure {
    public UnsupportedMediaType {
      Codes.check(code);
    }
  }

  /** 421: a request for a host that this server does not answer for. */
  record Misdirected(String code, String detail) implements Failure {
    public Misdirected {
      Codes.check(code);
    }
  }

  /** 422: readable, but it breaks a rule. */
  record Invalid(String code, String detail, List<Violation> violations) implements Failure {
    public Invalid {
      Codes.check(code);
      violations = List.copyOf(violations);
    }

    /** A broken rule with no particular place to point at. */
    public Invalid(String code, String detail) {
      this(code, detail, List.of());
    }
  }

  /** 428: a change of something mutable without {@code If-Match}. */
  record PreconditionRequired(String code, String detail) implements Failure {
    public PreconditionRequired {
      Codes.check(code);
    }
  }

  /** 429: too many requests. */
  record TooMany(String code, String detail, Duration retryAfter) implements Failure {
    public TooMany {
      Codes.check(code);
    }
  }

  /** 503: something this server needs is away for now. */
  record Unavailable(String code, String detail, Duration retryAfter) implements Failure {
    public Unavailable {
      Codes.check(code);
    }
  }

  /** 507: the disk is full, or nearly so. */
  record InsufficientStorage(String code, String detail) implements Failure {
    public InsufficientStorage {
      Codes.check(code);
    }
  }

  /** The shape of a code. */
  final class Codes {
    private static final Pattern SHAPE = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    private Codes() {}

    private static void check(String code) {
      if (!SHAPE.matcher(code).matches()) {
        throw new IllegalArgumentException("Not a kebab-case failure code: " + code);
      }
    }
  }
}
