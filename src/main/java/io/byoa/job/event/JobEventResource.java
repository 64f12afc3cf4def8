package io.byoa.job.event;

import io.byoa.access.CurrentCaller;
import io.byoa.access.Needs;
import io.byoa.job.JobReads;
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
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What happens to a job, as an event stream that resumes by {@code Last-Event-ID}. */
@Path("/api/v1/jobs/{job}/events")
@Tag(name = "Jobs")
@Blocking
class JobEventResource {

  private final JobReads reads;
  private final JobEvents events;
  private final Following following;
  private final EventStreams streams;
  private final CurrentCaller caller;

  JobEventResource(
      JobReads reads,
      JobEvents events,
      Following following,
      EventStreams streams,
      CurrentCaller caller) {
    this.reads = reads;
    this.events = events;
    this.following = following;
    this.streams = streams;
    this.caller = caller;
  }

  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS)
  @RolesAllowed(Needs.VIEWER)
  @Operation(
      operationId = "followJob",
      summary = "Follow a job's history",
      description = "From its first event to its last; the stream ends when the job has ended.")
  public Multi<OutboundSseEvent> ofJob(@PathParam("job") String id, @BeanParam LastEventId last) {
    String team = caller.get().team();
    reads.get(team, id);
    long after = last.after(text -> events.number(team, id, text)).orElse(0L);
    return streams.stream(
        following
            .job(id, after, position -> events.ofJob(team, id, position))
            .map(event -> StreamEvent.of(Long.toString(event.number()), event.type(), event)));
  }
}
