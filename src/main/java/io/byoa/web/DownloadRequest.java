package io.byoa.web;

import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.HeaderParam;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** What a request wants of a {@link Download}; a {@code @BeanParam}. */
public final class DownloadRequest {

  @SuppressWarnings("NullAway.Init") // filled before a resource sees it
  @BeanParam
  Preconditions conditions;

  @HeaderParam("Range")
  @Parameter(description = "One part, such as bytes=1000-; anything else gets the whole.")
  @Nullable String range;

  @HeaderParam("If-Range")
  @Parameter(description = "The ETag that the part must belong to; otherwise the whole is sent.")
  @Nullable String ifRange;

  Preconditions conditions() {
    return conditions;
  }

  Optional<ByteRange> range(ETag current, long size) {
    if (range == null || (ifRange != null && !ifRange.strip().equals(current.toString()))) {
      return Optional.empty();
    }
    return ByteRange.parse(range, size);
  }
}
