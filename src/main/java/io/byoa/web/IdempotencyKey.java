package io.byoa.web;

import io.byoa.common.Failure;
import io.byoa.common.Sha256;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * The name that a client gives to one attempt to do something, so that trying again does not do it
 * twice; a {@code @BeanParam} of routes that take {@code Idempotency-Key}.
 */
public final class IdempotencyKey {

  private static final Pattern SHAPE = Pattern.compile("[\\x21-\\x7e]{1,255}");

  private static final String NAME = "Idempotency-Key";

  @HeaderParam(NAME)
  @Parameter(
      description =
          "1–255 visible ASCII characters of your choice, such as a UUID. The same key with the same"
              + " body within 24 hours gets the first answer again and does nothing new.")
  @Nullable String header;

  @SuppressWarnings("NullAway.Init") // filled before a resource sees it
  @Context
  HttpHeaders headers;

  @SuppressWarnings("NullAway.Init") // filled before a resource sees it
  @Context
  UriInfo uri;

  @SuppressWarnings("NullAway.Init") // filled before a resource sees it
  @Context
  Request request;

  @SuppressWarnings("NullAway.Init") // filled before a resource sees it
  @Context
  SecurityContext caller;

  /**
   * The key and whose it is; empty when the client sent none.
   *
   * @throws io.byoa.common.FailureException 400 {@code idempotency-key-invalid}
   */
  public Optional<Scoped> scoped() {
    List<String> sent = headers.getRequestHeaders().get(NAME);
    if (sent == null || sent.isEmpty()) {
      return Optional.empty();
    }
    // An empty one is null as a parameter; it is a slip all the same, and not no key.
    if (header == null || sent.size() > 1 || !SHAPE.matcher(header).matches()) {
      throw new Failure.Malformed(
              "idempotency-key-invalid",
              "Idempotency-Key must be, once, 1 to 255 visible ASCII characters without spaces, such as a"
                  + " UUID.")
          .raise();
    }
    Principal principal = caller.getUserPrincipal();
    String who = principal == null ? "" : principal.getName();
    return Optional.of(
        new Scoped(Sha256.of(String.join("\0", who, request.getMethod(), uri.getPath())), header));
  }

  /**
   * A key within its scope.
   *
   * @param scope a digest over caller, method and path
   * @param key as the client wrote it
   */
  public record Scoped(Sha256 scope, String key) {}
}
