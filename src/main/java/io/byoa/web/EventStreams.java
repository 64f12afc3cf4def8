package io.byoa.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpMethod;
import jakarta.inject.Singleton;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;

/**
 * Turns events into {@code text/event-stream} answers (WHATWG HTML, section 9.2).
 *
 * <p>A stream costs no thread: events come from whoever publishes them, and one timer for all
 * streams sends a comment every 15 seconds, so that proxies keep the connection and a client that
 * is gone is noticed. Streams end when the server begins to stop; clients come back with {@code
 * Last-Event-ID}.
 */
@Singleton
public final class EventStreams {

  static final Duration COMMENT_EVERY = Duration.ofSeconds(15);

  private final ObjectMapper json;
  private final Sse sse;
  private final CurrentVertxRequest request;
  private final Stopping stopping;
  private final Multi<Signal> beats =
      Multi.createFrom()
          .ticks()
          .every(COMMENT_EVERY)
          .onOverflow()
          .drop()
          .<Signal>map(tick -> Signal.BEAT)
          .broadcast()
          .withCancellationAfterLastSubscriberDeparture()
          .toAllSubscribers();

  EventStreams(ObjectMapper json, Sse sse, CurrentVertxRequest request, Stopping stopping) {
    this.json = json;
    this.sse = sse;
    this.request = request;
    this.stopping = stopping;
  }

  /**
   * The answer of a resource method with {@code @Produces("text/event-stream")}.
   *
   * @param events what is sent, one at a time as fast as the client takes it; the stream ends when
   *     they end, and is cancelled when the client goes. Whoever cannot wait for a slow client must
   *     say what to drop.
   */
  public Multi<OutboundSseEvent> stream(Multi<StreamEvent> events) {
    if (isHead()) {
      return Multi.createFrom().empty();
    }
    // Merged streams end when all of them have ended, so the end of the events is a signal too.
    Multi<Item> all =
        Multi.createBy()
            .merging()
            .streams(
                events.<Item>map(Told::new).onCompletion().continueWith(Signal.END),
                beats.onOverflow().drop().onItem().castTo(Item.class),
                stopping.begun().<Item>map(nothing -> Signal.END).toMulti())
            .select()
            .first(item -> item != Signal.END);
    // Not through RestMulti: its headers come too late, when the head has been written.
    request
        .getCurrent()
        .response()
        .putHeader("Cache-Control", "no-store")
        .putHeader("X-Accel-Buffering", "no");
    return all.map(this::write);
  }

  /** Whether nobody wants the stream itself: the answer to a HEAD ends at once. */
  public boolean isHead() {
    return HttpMethod.HEAD.equals(request.getCurrent().request().method());
  }

  private OutboundSseEvent write(Item item) {
    return switch (item) {
      case Told(StreamEvent event) -> write(event);
      case Signal _ -> sse.newEventBuilder().comment("still here").build();
    };
  }

  private OutboundSseEvent write(StreamEvent event) {
    try {
      OutboundSseEvent.Builder builder =
          sse.newEventBuilder().name(event.name()).data(json.writeValueAsString(event.data()));
      event.id().ifPresent(builder::id);
      return builder.build();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("This event cannot be written as JSON: " + event, e);
    }
  }

  /** What passes through a stream. */
  private sealed interface Item {}

  private record Told(StreamEvent event) implements Item {}

  private enum Signal implements Item {
    BEAT,
    END
  }
}
