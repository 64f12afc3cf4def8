package io.byoa.web;

import io.vertx.core.MultiMap;

/**
 * The headers that tell a browser to trust an answer with nothing. A page that needs more (the UI,
 * Swagger UI) replaces the policy by its own.
 */
final class SecurityHeaders {

  static final String POLICY = "Content-Security-Policy";

  private static final String NOTHING = "default-src 'none'; frame-ancestors 'none'";

  private SecurityHeaders() {}

  static void put(MultiMap headers) {
    headers
        .set("X-Content-Type-Options", "nosniff")
        .set("Referrer-Policy", "no-referrer")
        .set("X-Frame-Options", "DENY")
        .set("Cross-Origin-Resource-Policy", "same-origin")
        .set(POLICY, NOTHING);
  }
}
