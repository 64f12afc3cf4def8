package io.byoa.web;

import io.byoa.common.Failure;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;

/** The media types of bodies that a route takes, to tell those who sent another one. */
public final class ConsumedTypes {

  private ConsumedTypes() {}

  /** The refusal that names what is taken. */
  public static Failure refusal(List<String> taken) {
    return new Failure.UnsupportedMediaType(
        "unsupported-media-type",
        "This route takes %s. Say what you send, as curl does with -H 'Content-Type: %s'."
            .formatted(String.join(", ", taken), taken.getFirst()));
  }

  /** The same for the current request's route; empty when the route table does not tell. */
  static Optional<Failure> refusalOfCurrentRequest() {
    ResteasyReactiveRequestContext request = CurrentRequestManager.get();
    List<MediaType> taken = request == null ? null : AllowedMethods.consumed(request);
    return taken == null || taken.isEmpty() || taken.stream().anyMatch(MediaType::isWildcardType)
        ? Optional.empty()
        : Optional.of(refusal(taken.stream().map(MediaType::toString).toList()));
  }
}
