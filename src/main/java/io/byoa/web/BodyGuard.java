package io.byoa.web;

import io.byoa.common.Failure;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import java.lang.reflect.Method;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Holds every request's body to its method's {@link BodyLimit}, announced or not. */
final class BodyGuard {

  @ServerRequestFilter
  void check(ContainerRequestContext request, ResourceInfo resource) {
    String length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
    if ("0".equals(length) || (length == null && !isChunked(request))) {
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

  private static boolean isChunked(ContainerRequestContext request) {
    return request.getHeaderString("Transfer-Encoding") != null;
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
