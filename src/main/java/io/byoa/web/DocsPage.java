package io.byoa.web;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Swagger UI at {@code /api/docs}, under a policy without inline scripts.
 *
 * <p>The page that comes with the extension starts itself from an inline script, so this one takes
 * its place and starts it from a file; style sheet and bundle stay the extension's.
 */
@Singleton
final class DocsPage {

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self';"
          + " img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'none';"
          + " base-uri 'none'; frame-ancestors 'none'";

  /** Before the extension's own page. */
  private static final int EARLY = -100;

  void serve(@Observes Router router) {
    String page = resource("docs.html");
    String script = resource("docs.js");
    for (String path : new String[] {"/api/docs", "/api/docs/", "/api/docs/index.html"}) {
      router
          .get(path)
          .order(EARLY)
          .handler(context -> send(context, "text/html; charset=utf-8", page));
    }
    router
        .get("/api/docs/start.js")
        .order(EARLY)
        .handler(context -> send(context, "text/javascript; charset=utf-8", script));
  }

  private static void send(RoutingContext context, String type, String text) {
    HttpServerResponse response = context.response();
    response
        .putHeader(SecurityHeaders.POLICY, POLICY)
        .putHeader("Content-Type", type)
        .putHeader("Cache-Control", "no-cache")
        .end(text);
  }

  private static String resource(String name) {
    try (InputStream in =
        Objects.requireNonNull(
            Thread.currentThread().getContextClassLoader().getResourceAsStream("web/" + name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
