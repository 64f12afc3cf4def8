package io.byoa.web;

import io.byoa.common.Failure;
import io.byoa.common.Violation;
import jakarta.ws.rs.HeaderParam;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where a client that lost its event stream goes on; a {@code @BeanParam} of streams.
 *
 * @param header {@code Last-Event-ID} as it came; a browser sends it by itself
 */
public record LastEventId(@HeaderParam("Last-Event-ID") @Nullable String header) {

  /**
   * The id of the last event seen; empty at the beginning.
   *
   * @param read makes an id of its text; {@link IllegalArgumentException} if it is none
   * @throws io.byoa.common.FailureException 400 {@code last-event-id-invalid}
   */
  public <T> Optional<T> after(Function<String, T> read) {
    if (header == null || header.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(read.apply(header));
    } catch (IllegalArgumentException _) {
      String detail =
          "Last-Event-ID is not an id that this stream has given. Leave it out to begin anew.";
      throw new Failure.Malformed(
              "last-event-id-invalid", detail, List.of(new Violation("", detail)))
          .raise();
    }
  }
}
