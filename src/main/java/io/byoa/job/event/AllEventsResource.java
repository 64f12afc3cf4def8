package io.byoa.job.event;

import io.byoa.access.CurrentCaller;
import io.byoa.access.Needs;
import io.byoa.job.watch.Following;
import io.byoa.web.EventStreams;
import io.byoa.web.LastEventId;
import io.byoa.web.StreamEvent;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What happens to all jobs, as one event stream, since a browser allows six connections. */
@Path("/api/v1/events")
@Tag(name = "Jobs")
@Blocking
class AllEventsResource {

  private final JobEvents events;
  private final Following following;
  private final EventStreams streams;
  private final CurrentCaller caller;

  AllEventsResource(
      JobEvents events, Following following, EventStreams streams, CurrentCaller caller) {
    this.events = events;
    this.following = following;
    this.streams = streams;
    this.caller = caller;
  }

  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @RolesAllowed(Needs.VIEWER)
  @Operation(
      operationId = "followAllJobs",
      summary = "Follow the changes of all jobs",
      description = "From now on, or after Last-Event-ID; the stream has no end.")
  public Multi<OutboundSseEvent> ofAll(@BeanParam LastEventId last) {
    String team = caller.get().team();
    JobEvents.Position from = last.after(events::position).orElseGet(events::now);
    return streams.stream(
        following
            .allJobs(from, position -> events.ofTeam(team, position))
            .map(placed ->
                StreamEvent.of(placed.position().text(), placed.event().type(), placed.event())));
  }
}
