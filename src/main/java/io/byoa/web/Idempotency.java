package io.byoa.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.agroal.api.AgroalDataSource;
import io.byoa.common.Failure;
import io.byoa.common.Sha256;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Does what a request asks for once per {@code Idempotency-Key}, and gives the first answer again
 * afterwards.
 *
 * <p>Record and effect commit together. The record is inserted first, so a concurrent twin waits at
 * the unique key before it has any effect; it replays once the first has committed, and goes first
 * itself when that one failed. A process that dies takes record and effect with it. Only success is
 * kept.
 */
@Singleton
public final class Idempotency {

  private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration RETRY = Duration.ofSeconds(2);

  private final Instance<AgroalDataSource> database;
  private final Twins twins;
  private final ObjectMapper json;

  Idempotency(Instance<AgroalDataSource> database, Twins twins, ObjectMapper json) {
    this.database = database;
    this.twins = twins;
    this.json = json;
  }

  /**
   * The answer to this request: the effect's, or the kept one with {@code Idempotency-Replayed:
   * true}.
   *
   * @param key without one the effect is run in a transaction, and that is all
   * @param body the digest of the request's body
   * @param effect runs inside this transaction, on a blocking thread, and calls nothing remote;
   *     what it throws rolls everything back
   * @throws io.byoa.common.FailureException 422 {@code idempotency-key-reused} when the key came
   *     with another body before; 409 {@code request-in-progress} when a twin has been at it for
   *     ten seconds
   */
  public Response once(IdempotencyKey key, Sha256 body, Supplier<Answer> effect) {
    Optional<IdempotencyKey.Scoped> scoped = key.scoped();
    if (scoped.isEmpty()) {
      return unkeyed(effect);
    }
    try (Twins.Turn turn = twins.await(scoped.get(), PATIENCE)) {
      if (turn == null) {
        throw inProgress().raise();
      }
      return QuarkusTransaction.joiningExisting()
          .call(() -> keyed(new IdempotencyRecords(database.get()), scoped.get(), body, effect));
    }
  }

  /** The answer of an effect that needs no key, in a transaction, as {@link #once} gives it. */
  public Response unkeyed(Supplier<Answer> effect) {
    return QuarkusTransaction.joiningExisting().call(() -> respond(render(effect.get())).build());
  }

  private Response keyed(
      IdempotencyRecords records, IdempotencyKey.Scoped key, Sha256 body, Supplier<Answer> effect)
      throws SQLException {
    // The second round is for a record that expires between the two statements.
    for (int round = 0; round < 2; round++) {
      if (claim(records, key, body)) {
        Rendered answer = render(effect.get());
        records.complete(key, answer.status(), write(answer.headers()), answer.body());
        return respond(answer).build();
      }
      Optional<IdempotencyRecords.Kept> kept = records.find(key);
      if (kept.isPresent()) {
        return replay(kept.get(), body);
      }
    }
    throw inProgress().raise();
  }

  private static boolean claim(IdempotencyRecords records, IdempotencyKey.Scoped key, Sha256 body)
      throws SQLException {
    try {
      return records.claim(key, body);
    } catch (SQLException e) {
      if (IdempotencyRecords.LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
        throw inProgress().raise();
      }
      throw e;
    }
  }

  private Response replay(IdempotencyRecords.Kept kept, Sha256 body) {
    if (!kept.bodyHex().equals(body.hex())) {
      throw new Failure.Invalid(
              "idempotency-key-reused",
              "This Idempotency-Key was used with another body within the last 24 hours. Use a new"
                  + " key for a new request.")
          .raise();
    }
    return respond(new Rendered(kept.status(), read(kept.headers()), kept.answer()))
        .header("Idempotency-Replayed", "true")
        .build();
  }

  private static Failure inProgress() {
    return new Failure.Conflict(
        "request-in-progress",
        "A request with the same Idempotency-Key is still at work. Send it again in a moment to get"
            + " its answer.",
        RETRY);
  }

  private Rendered render(Answer answer) {
    return new Rendered(answer.status(), answer.headers(), write(answer.body()));
  }

  private static Response.ResponseBuilder respond(Rendered answer) {
    Response.ResponseBuilder response =
        Response.status(answer.status())
            .entity(answer.body())
            .type(MediaType.APPLICATION_JSON_TYPE);
    answer.headers().forEach(response::header);
    return response.header(HttpHeaders.CACHE_CONTROL, "no-store");
  }

  private String write(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("This answer cannot be written as JSON: " + value, e);
    }
  }

  private Map<String, String> read(String headers) {
    try {
      return json.readValue(headers, HEADERS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The kept headers are not JSON", e);
    }
  }

  /** An answer as it goes out and as it is kept. */
  private record Rendered(int status, Map<String, String> headers, String body) {}
}
