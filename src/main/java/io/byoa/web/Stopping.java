package io.byoa.web;

import io.byoa.common.Failure;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether the server has begun to stop. It stops when its last request has been answered, so
 * whatever makes a client wait on purpose has to end then, and not begin any more.
 */
@Singleton
public final class Stopping {

  private static final Duration SOON = Duration.ofSeconds(2);

  /** Never has an item; completes once, also for those who subscribe later. */
  private final BroadcastProcessor<Void> signal = BroadcastProcessor.create();

  void begin(@Observes ShutdownDelayInitiatedEvent event) {
    signal.onComplete();
  }

  void begin(@Observes ShutdownEvent event) {
    signal.onComplete();
  }

  /** Answers nothing, when it begins. */
  public Uni<Void> begun() {
    return signal.toUni();
  }

  /** The same items, until it begins: then they break off, since an end would look like the end. */
  public <T> Multi<T> breakOff(Multi<T> items) {
    Multi<Optional<T>> marked =
        items.map(Optional::of).onCompletion().continueWith(Optional.<T>empty());
    Multi<Optional<T>> broken =
        signal
            .<Optional<T>>map(nothing -> Optional.empty())
            .onCompletion()
            .failWith(() ->
                new Failure.Unavailable(
                        "server-stopping", "The server is stopping. Ask again in a moment.", SOON)
                    .raise());
    // Merged streams end when all of them have ended, so the end of the items is an item too. They
    // are asked for one at a time, since an item may be large and its client slow.
    return Multi.createBy()
        .merging()
        .withRequests(1)
        .streams(marked, broken)
        .select()
        .first(Optional::isPresent)
        .map(Optional::orElseThrow);
  }
}
