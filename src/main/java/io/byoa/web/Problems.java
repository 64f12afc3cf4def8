package io.byoa.web;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import io.byoa.common.FailureException;
import io.byoa.common.Violation;
import io.quarkus.security.AuthenticationException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;
import io.vertx.ext.web.handler.HttpException;
import jakarta.persistence.OptimisticLockException;
import jakarta.ws.rs.WebApplicationException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.hibernate.JDBCException;
import org.hibernate.StaleStateException;
import org.hibernate.exception.JDBCConnectionException;
import org.jspecify.annotations.Nullable;

/** Decides which {@link Problem} anything thrown while serving a request is. */
final class Problems {

  private static final Duration DATABASE_RETRY = Duration.ofSeconds(2);

  private Problems() {}

  /**
   * The problem that this throwable is; looks through its causes, since transactions and proxies
   * wrap. What nobody foresaw is a 500 that says nothing but its trace id.
   */
  static Problem of(Throwable thrown) {
    Set<Throwable> seen = new HashSet<>();
    for (Throwable cause = thrown; cause != null && seen.add(cause); cause = cause.getCause()) {
      Problem known = recognise(cause);
      if (known != null) {
        return known;
      }
    }
    for (Throwable cause : seen) {
      if (isLostDatabase(cause.getSuppressed())) {
        return lostInCommit();
      }
    }
    return ofStatus(500);
  }

  /**
   * A commit's own failure is not the cause of what the transaction manager throws, it hangs on.
   */
  private static boolean isLostDatabase(Throwable[] suppressed) {
    for (Throwable each : suppressed) {
      for (Throwable cause = each; cause != null; cause = cause.getCause()) {
        if (cause instanceof SQLException e && isUnavailable(e)) {
          return true;
        }
      }
    }
    return false;
  }

  private static Problem lostInCommit() {
    return new Problem(
        503,
        "database-unavailable",
        "The database was lost while this request was being committed: it may have been done or not."
            + " Look before you send it again, or send it again with the same Idempotency-Key.",
        List.of(),
        DATABASE_RETRY);
  }

  /**
   * The problem for a bare status that the stack below decided on, without an exception of ours.
   */
  static Problem ofStatus(int status) {
    return switch (status) {
      case 400 -> new Problem(400, "malformed-request", "The request cannot be read.");
      case 401 ->
          new Problem(
              401,
              "unauthenticated",
              "This needs a valid token: send 'Authorization: Bearer <token>', or sign in.");
      case 403 -> new Problem(403, "forbidden", "Your token's role does not allow this.");
      case 404 -> new Problem(404, "not-found", "There is nothing here.");
      case 405 ->
          new Problem(
              405,
              "method-not-allowed",
              "This route does not take that method; the Allow header names those it takes.");
      case 406 ->
          new Problem(
              406,
              "not-acceptable",
              "This route cannot answer in any media type that the Accept header names.");
      case 408 -> new Problem(408, "request-timeout", "The request took too long to arrive.");
      case 413 -> new Problem(413, "body-too-large", "The body is larger than this route accepts.");
      case 414 ->
          new Problem(
              414,
              "uri-too-long",
              "The request's address is longer than %,d characters."
                  .formatted(RequestLine.MAX_URI_LENGTH));
      case 415 ->
          new Problem(
              415,
              "unsupported-media-type",
              "This route does not take a body of that Content-Type.");
      case 416 ->
          new Problem(
              416,
              "range-not-satisfiable",
              "There are no such bytes; the Content-Range header says how many there are.");
      case 421 ->
          new Problem(421, "misdirected", "This server does not answer for that host name.");
      case 431 ->
          new Problem(
              431,
              "headers-too-large",
              "The request's headers are larger than %,d bytes in all; send fewer or shorter ones."
                  .formatted(RequestLine.MAX_HEADER_BYTES));
      case 503 ->
          new Problem(
              503,
              "unavailable",
              "The server cannot serve this right now; try again.",
              List.of(),
              DATABASE_RETRY);
      default ->
          status >= 400 && status < 500
              ? new Problem(status, "refused", "The request was refused.")
              : new Problem(
                  status >= 500 && status < 600 ? status : 500,
                  "internal-error",
                  "Something went wrong on our side. The log has it under this answer's traceId.");
    };
  }

  private static @Nullable Problem recognise(Throwable thrown) {
    return switch (thrown) {
      case FailureException e -> Problem.of(e.failure());
      case WebApplicationException e -> ofWebApplication(e);
      case HttpException e -> ofStatus(e.getStatusCode());
      case AuthenticationException _, UnauthorizedException _ -> ofStatus(401);
      case ForbiddenException _ -> ofStatus(403);
      case JsonProcessingException e -> ofJson(e);
      case OptimisticLockException _, StaleStateException _ ->
          new Problem(
              409,
              "changed-meanwhile",
              "Somebody else changed this at the same time; read it again and retry.",
              List.of(),
              Duration.ofSeconds(1));
      case JDBCConnectionException _ -> databaseUnavailable();
      // Hibernate's words for no connection at all, whatever the driver or the pool made of it.
      case JDBCException e
          when String.valueOf(e.getMessage()).startsWith("Unable to acquire JDBC Connection") ->
          databaseUnavailable();
      case SQLException e when isUnavailable(e) -> databaseUnavailable();
      case SocketTimeoutException _ -> ofStatus(408);
      case HttpClosedException _, StreamResetException _ ->
          new Problem(400, "connection-closed", "The client left in the middle of its request.");
      default -> null;
    };
  }

  private static @Nullable Problem ofWebApplication(WebApplicationException e) {
    // A wrapper around something more telling, such as a parser's complaint.
    if (e.getCause() != null && recognise(e.getCause()) != null) {
      return null;
    }
    return ofStatus(e.getResponse().getStatus());
  }

  private static @Nullable Problem ofJson(JsonProcessingException e) {
    if (e instanceof JsonMappingException mapping && mapping.getProcessor() == null) {
      return null; // Ours, while writing an answer.
    }
    JsonLocation at = e.getLocation();
    String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    return new Problem(
        400,
        "malformed-json",
        "The body is not valid JSON" + where + ": " + complaint(e),
        List.of(new Violation("", "Not valid JSON" + where)),
        null);
  }

  /** The parser's, without its advice to whoever configures it. */
  private static String complaint(JsonProcessingException e) {
    return String.valueOf(e.getOriginalMessage()).replaceFirst(": enable `.*` to allow$", "");
  }

  private static Problem databaseUnavailable() {
    return new Problem(
        503,
        "database-unavailable",
        "The database cannot be reached right now; nothing was changed by this request. Try again.",
        List.of(),
        DATABASE_RETRY);
  }

  /**
   * SQLSTATE classes 08 (connection), 53 (resources: too many connections, disk full), 57P
   * (shutdown, crash recovery), and a pool that had no connection to give in time.
   */
  private static boolean isUnavailable(SQLException e) {
    if (e instanceof SQLRecoverableException
        || e instanceof SQLNonTransientConnectionException
        || (e instanceof SQLTransientException && e.getSQLState() == null)) {
      return true;
    }
    if (e.getCause() instanceof RuntimeException broken
        && String.valueOf(broken.getMessage()).contains("attempting to connect")) {
      return true; // What the driver throws when the pool gives up on a connection in the making.
    }
    String state = e.getSQLState();
    if (state == null) {
      String message = e.getMessage();
      return message != null && message.toLowerCase(Locale.ROOT).contains("acquisition timeout");
    }
    return state.startsWith("08") || state.startsWith("53") || state.startsWith("57P");
  }
}
