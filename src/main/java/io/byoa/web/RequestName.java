package io.byoa.web;

import io.netty.handler.codec.http.HttpRequest;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/**
 * What an answer and the log call a request.
 *
 * @param path without the query, which may hold what should not be copied around, such as
 *     signatures; as it came, so perhaps no path at all
 */
record RequestName(String method, @Nullable String path, String traceId) {

  static RequestName of(RoutingContext context) {
    HttpServerRequest request = context.request();
    return new RequestName(request.method().name(), request.path(), TraceId.assign(context));
  }

  /** Of one that never got as far as the router. */
  static RequestName of(HttpRequest head) {
    String traceId = TraceId.choose(head.headers().get(TraceId.TRACEPARENT));
    return UnreadableHead.isNothing(head)
        ? new RequestName("?", null, traceId)
        : new RequestName(head.method().name(), head.uri().split("\\?", 2)[0], traceId);
  }
}
