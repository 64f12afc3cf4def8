package io.byoa.web;

import io.netty.util.Attribute;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;

/**
 * Ends a connection after its first chunked request.
 *
 * <p>A request with both {@code Content-Length} and {@code Transfer-Encoding} may hide a second one
 * from a proxy in front. RFC 9112 section 6.1 wants the connection closed after it. The codec drops
 * the length before anybody can see that there were both, so every chunked request is treated so;
 * clients send their rare chunked uploads on a connection each.
 */
final class ChunkedOnce {

  private static final AttributeKey<Boolean> SEEN = AttributeKey.valueOf(ChunkedOnce.class, "seen");

  private ChunkedOnce() {}

  /** Whether the request may go on; if not, its connection has been closed. */
  static boolean admit(RoutingContext context) {
    HttpConnection connection = context.request().connection();
    if (context.request().version() != HttpVersion.HTTP_1_1
        || !(connection instanceof ConnectionBase known)) {
      return true;
    }
    Attribute<Boolean> seen = known.channel().attr(SEEN);
    if (seen.get() != null) {
      connection.close();
      return false;
    }
    if (context.request().headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
      seen.set(true);
      context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      context.response().endHandler(ended -> connection.close());
    }
    return true;
  }
}
