package io.byoa.job.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.byoa.access.CurrentCaller;
import io.byoa.access.Needs;
import io.byoa.common.Failure;
import io.byoa.common.FailureException;
import io.byoa.common.Violation;
import io.byoa.job.Job;
import io.byoa.job.JobReads;
import io.byoa.job.watch.Following;
import io.byoa.web.EventStreams;
import io.byoa.web.LastEventId;
import io.byoa.web.Stopping;
import io.byoa.web.StreamEvent;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.vertx.core.buffer.Buffer;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestMulti;
import org.jspecify.annotations.Nullable;

/** A job's output, by line. */
@Path("/api/v1/jobs/{job}/logs")
@Tag(name = "Jobs")
@Blocking
class JobLogResource {

  private static final String NDJSON = "application/x-ndjson";

  private final JobReads reads;
  private final JobLog log;
  private final Following following;
  private final EventStreams streams;
  private final Stopping stopping;
  private final CurrentCaller caller;
  private final ObjectMapper json;

  JobLogResource(
      JobReads reads,
      JobLog log,
      Following following,
      EventStreams streams,
      Stopping stopping,
      CurrentCaller caller,
      ObjectMapper json) {
    this.reads = reads;
    this.log = log;
    this.following = following;
    this.streams = streams;
    this.stopping = stopping;
    this.caller = caller;
    this.json = json;
  }

  /** Which lines; a {@code @BeanParam}. */
  record Lines(
      @QueryParam("fromLine") @Parameter(description = "The first line to send, counted from 1.")
          @Nullable Long fromLine,
      @QueryParam("limit") @Parameter(description = "How many lines at most; absent, all.")
          @Nullable Integer limit,
      @QueryParam("tail") @Parameter(description = "Only this many lines from the end.")
          @Nullable Integer tail,
      @QueryParam("search")
          @Parameter(description = "Only lines that contain this text, without case.")
          @Nullable String search,
      @QueryParam("follow")
          @Parameter(description = "Go on sending lines as they come, until the job ends.")
          @Nullable Boolean follow) {

    private long start(Job job) {
      check("fromLine", fromLine);
      check("tail", tail);
      check("limit", limit);
      if (fromLine != null && tail != null) {
        throw refused("tail", "Give fromLine or tail, not both.");
      }
      return tail == null
          ? (fromLine == null ? 1 : fromLine)
          : Math.max(1, job.log().lines() - tail + 1);
    }

    private static void check(String name, @Nullable Number value) {
      if (value != null && value.longValue() < 1) {
        throw refused(name, name + " is " + value + "; it must be 1 or more.");
      }
    }

    private static FailureException refused(String name, String detail) {
      return new Failure.Malformed(
              "parameters-invalid", detail, List.of(new Violation("?" + name, detail)))
          .raise();
    }

    private boolean follows() {
      return Boolean.TRUE.equals(follow);
    }
  }

  @GET
  @Produces("text/plain;qs=1")
  @RolesAllowed(Needs.VIEWER)
  @Operation(
      operationId = "readJobLogs",
      summary = "Read a job's output",
      description =
          "As text, as JSON lines (Accept: application/x-ndjson) with line numbers, or as an event"
              + " stream (Accept: text/event-stream) that resumes by Last-Event-ID.")
  public RestMulti<Buffer> text(@PathParam("job") String id, @BeanParam Lines lines) {
    return send(id, lines, JobLog.Line::text, "text/plain; charset=utf-8");
  }

  @GET
  @Produces(NDJSON + ";qs=0.5")
  @RolesAllowed(Needs.VIEWER)
  @Operation(hidden = true)
  public RestMulti<Buffer> jsonLines(@PathParam("job") String id, @BeanParam Lines lines) {
    return send(id, lines, this::write, NDJSON);
  }

  @GET
  @Produces(MediaType.SERVER_SENT_EVENTS + ";qs=0.4")
  @RolesAllowed(Needs.VIEWER)
  @Operation(hidden = true)
  public Multi<OutboundSseEvent> events(
      @PathParam("job") String id, @BeanParam Lines lines, @BeanParam LastEventId last) {
    Job job = JobReads.requireKept(reads.get(caller.get().team(), id));
    long from = last.after(Long::parseLong).map(seen -> seen + 1).orElseGet(() -> lines.start(job));
    return streams.stream(
        Following.items(pieces(job, from, lines, true))
            .map(line -> StreamEvent.of(Long.toString(line.line()), "line", line)));
  }

  // Buffers, since a string would be written as a JSON string where the type is one of JSON.
  private RestMulti<Buffer> send(
      String id, Lines lines, Function<JobLog.Line, String> write, String type) {
    Job job = JobReads.requireKept(reads.get(caller.get().team(), id));
    // The framework ends every piece of JSON lines itself.
    String end = type.equals(NDJSON) ? "" : "\n";
    Multi<Buffer> all =
        pieces(job, lines.start(job), lines, lines.follows())
            .select()
            .where(piece -> !piece.items().isEmpty())
            .map(piece ->
                Buffer.buffer(
                    piece.items().stream().map(write).collect(Collectors.joining("\n", "", end))));
    Multi<Buffer> text = lines.follows() ? stopping.breakOff(all) : all;
    return RestMulti.fromMultiData(streams.isHead() ? Multi.createFrom().<Buffer>empty() : text)
        .header("Content-Type", type)
        .header("Cache-Control", "no-store")
        .header("X-Accel-Buffering", "no")
        .build();
  }

  private Multi<Following.Batch<JobLog.Place, JobLog.Line>> pieces(
      Job job, long from, Lines lines, boolean follow) {
    JobLog.Place start =
        JobLog.Place.at(from, lines.limit() == null ? Long.MAX_VALUE : lines.limit());
    return following.batches(
        job.id(),
        start,
        place -> {
          JobLog.Piece piece = log.read(job.team(), job.id(), place, lines.search());
          boolean ended = piece.complete() && (piece.ended() || !follow);
          return new Following.Batch<>(piece.lines(), piece.next(), ended);
        });
  }

  private String write(JobLog.Line line) {
    try {
      return json.writeValueAsString(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A line cannot be written as JSON", e);
    }
  }
}
