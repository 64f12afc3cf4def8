package io.byoa.web;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Ten numbered events, then those that a test publishes. */
@Path("/api/v1/test/stream")
public class TestStreamResource {

  static final BroadcastProcessor<Integer> LIVE = BroadcastProcessor.create();
  static final AtomicInteger OPEN = new AtomicInteger();

  private final EventStreams streams;

  TestStreamResource(EventStreams streams) {
    this.streams = streams;
  }

  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @Operation(hidden = true)
  public Multi<OutboundSseEvent> stream(@BeanParam LastEventId last) {
    int after = last.after(Integer::valueOf).orElse(0);
    Multi<Integer> kept = Multi.createFrom().range(after + 1, 11);
    Multi<Integer> live =
        LIVE.onOverflow()
            .drop()
            .onSubscription()
            .invoke(OPEN::incrementAndGet)
            .onTermination()
            .invoke(OPEN::decrementAndGet);
    return streams.stream(
        Multi.createBy()
            .concatenating()
            .streams(kept, live)
            .select()
            .first(number -> number < 99)
            .map(number ->
                StreamEvent.of(String.valueOf(number), "number", List.of("line\nbreak", number))));
  }
}
