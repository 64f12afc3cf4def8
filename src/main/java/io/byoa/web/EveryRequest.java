package io.byoa.web;

import io.quarkus.vertx.http.ManagementInterface;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.VertxException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * What happens to every request before and after everything else: it gets its trace id and the
 * security headers, its address is checked, and whatever nobody answered is answered as a problem.
 */
@Singleton
final class EveryRequest {

  /** Before authentication (200) and whatever else looks at the path. */
  private static final int FIRST = 10_000;

  /** Where a body may be an archive or a form. */
  private static final String UPLOADS = "/api/v1/algorithms";

  void atFirst(@Observes Filters filters) {
    filters.register(EveryRequest::begin, FIRST);
  }

  void onManagementPort(@Observes ManagementInterface management) {
    management.router().route().order(-FIRST).handler(EveryRequest::begin);
    atLast(management.router());
  }

  void atLast(@Observes Router router) {
    router.route().order(Integer.MIN_VALUE).failureHandler(EveryRequest::fail);
    router
        .route()
        .order(Integer.MAX_VALUE - 1)
        .handler(context -> answer(context, ProblemAnswer.of(Problems.ofStatus(404), context)));
  }

  private static void begin(RoutingContext context) {
    BodyWatch.over(context);
    nameUploadsType(context.request());
    mark(context);
    Optional<Problem> refusal = RequestLine.check(context.request());
    if (refusal.isPresent()) {
      answer(context, ProblemAnswer.of(refusal.get(), context));
    } else {
      context.next();
    }
  }

  private static void mark(RoutingContext context) {
    MultiMap headers = context.response().headers();
    headers.set(TraceId.HEADER, TraceId.assign(context));
    SecurityHeaders.put(headers);
  }

  /**
   * What {@code curl -T} sends says nothing of its type; that is bytes (RFC 9110 section 8.3), and
   * must not be taken for the form that the same route takes too.
   */
  private static void nameUploadsType(HttpServerRequest request) {
    String type = request.headers().get(HttpHeaders.CONTENT_TYPE);
    if (type != null && !type.isBlank() && !type.contains("*")) {
      return;
    }
    request.headers().remove(HttpHeaders.CONTENT_TYPE); // Blank or any: that names none either.
    if (request.method().equals(HttpMethod.POST) && UPLOADS.equals(request.path())) {
      request.headers().set(HttpHeaders.CONTENT_TYPE, "application/octet-stream");
    }
  }

  private static void fail(RoutingContext context) {
    if (context.response().headWritten()) {
      // Too late to say anything; cutting the connection tells the client that this is not all.
      context.request().connection().close();
      return;
    }
    Throwable thrown = context.failure();
    Optional<Problem> refusal = RequestLine.check(context.request());
    if (refusal.isPresent()) {
      // The router itself stumbled over it, before it could be looked at in begin().
      mark(context);
      answer(context, ProblemAnswer.of(refusal.get(), context));
      return;
    }
    ProblemAnswer answer =
        thrown == null || isRefusalOfTheStack(thrown, context.statusCode())
            ? ProblemAnswer.of(Problems.ofStatus(context.statusCode()), context)
            : ProblemAnswer.to(thrown, context);
    answer(context, answer);
  }

  /** Such as of a request without a Host, which never gets as far as {@link #begin}. */
  private static boolean isRefusalOfTheStack(Throwable thrown, int status) {
    return thrown instanceof VertxException && status >= 400 && status < 500;
  }

  private static void answer(RoutingContext context, ProblemAnswer answer) {
    HttpServerResponse response = context.response();
    if (response.ended()) {
      return;
    }
    response.setStatusCode(answer.status());
    answer.headers().forEach(response::putHeader);
    response.end(Buffer.buffer(answer.body()));
  }
}
