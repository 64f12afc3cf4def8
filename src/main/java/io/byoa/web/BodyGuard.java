package io.byoa.web;

import io.byoa.common.Failure;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import java.lang.reflect.Method;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Holds every request's body to its method's {@link BodyLimit}, announced or not. */
final class BodyGuard {

  private final HttpServerRequest http;

  BodyGuard(HttpServerRequest http) {
    this.http = http;
  }

  @ServerRequestFilter
  void check(ContainerRequestContext request, ResourceInfo resource) {
    String length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
    if ("0".equals(length) || (length == null && !mayComeUnannounced(request))) {
      return;
    }
    Method method = resource.getResourceMethod();
    BodyLimit own = method == null ? null : method.getAnnotation(BodyLimit.class);
    long bytes = own == null ? BodyLimit.DEFAULT_BYTES : own.bytes();
    long seconds = own == null ? BodyLimit.DEFAULT_SECONDS : own.seconds();
    if (length != null && exceeds(length, bytes)) {
      throw BoundedBody.tooLarge(bytes).raise();
    }
    request.setEntityStream(new BoundedBody(request.getEntityStream(), bytes, seconds));
  }

  /** In chunks, or in the data frames of HTTP/2, which needs no header for that. */
  private boolean mayComeUnannounced(ContainerRequestContext request) {
    return request.getHeaderString("Transfer-Encoding") != null
        || (http.version() == HttpVersion.HTTP_2 && !http.isEnded());
  }

  private static boolean exceeds(@Nullable String length, long bytes) {
    try {
      return Long.parseLong(length) > bytes;
    } catch (NumberFormatException _) {
      throw new Failure.Malformed("malformed-request", "Content-Length is not a number of bytes.")
          .raise();
    }
  }
}
