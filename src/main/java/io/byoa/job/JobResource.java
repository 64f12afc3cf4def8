package io.byoa.job;

import io.byoa.access.Caller;
import io.byoa.access.CurrentCaller;
import io.byoa.access.Needs;
import io.byoa.job.JobSnapshots.Snapshot;
import io.byoa.web.ETag;
import io.byoa.web.PageRequest;
import io.byoa.web.Preconditions;
import io.byoa.web.Wait;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Training jobs: status, list and stop. */
@Path("/api/v1/jobs")
@Tag(name = "Jobs")
@Blocking
class JobResource {

  private final JobReads reads;
  private final Stops stops;
  private final Interruptions interruptions;
  private final CurrentCaller caller;

  JobResource(JobReads reads, Stops stops, Interruptions interruptions, CurrentCaller caller) {
    this.reads = reads;
    this.stops = stops;
    this.interruptions = interruptions;
    this.caller = caller;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed(Needs.VIEWER)
  @Operation(operationId = "listJobs", summary = "List jobs, newest first")
  @APIResponse(
      responseCode = "200",
      description = "OK",
      content = @Content(schema = @Schema(implementation = JobPage.class)))
  public RestResponse<String> list(
      @BeanParam PageRequest page,
      @QueryParam("algorithm") @Nullable String algorithm,
      @QueryParam("version") @Parameter(description = "An exact version.") @Nullable String version,
      @QueryParam("status") @Parameter(description = "One status, or several separated by commas.")
          @Nullable String status,
      @QueryParam("tag")
          @Parameter(description = "name=value; repeated, all of them.", example = "project=x")
          @Nullable List<String> tag,
      @QueryParam("requester") @Parameter(example = "token:ci") @Nullable String requester,
      @QueryParam("createdAfter") @Parameter(description = "RFC 3339, inclusive.")
          @Nullable String createdAfter,
      @QueryParam("createdBefore") @Parameter(description = "RFC 3339, exclusive.")
          @Nullable String createdBefore) {
    JobFilter filter =
        new JobFilter(
            algorithm,
            JobFilter.version(version),
            JobFilter.statuses(status),
            JobFilter.tags(tag),
            requester,
            JobFilter.time("createdAfter", createdAfter),
            JobFilter.time("createdBefore", createdBefore));
    List<Snapshot> rows = reads.list(caller.get().team(), filter, page.after(), page.limit());
    return page.written(page.page(rows, Snapshot::id).map(Snapshot::body));
  }

  @GET
  @Path("/{job}")
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed(Needs.VIEWER)
  @Operation(
      operationId = "getJob",
      summary = "Read a job's status",
      description =
          "With 'wait' and If-None-Match it answers when the job changes; with 'wait' alone, when"
              + " the job ends; in any case when the time is over.")
  @APIResponse(
      responseCode = "200",
      description = "The job as it stands.",
      content = @Content(schema = @Schema(implementation = JobView.class)))
  @APIResponse(responseCode = "304", description = "It stands as If-None-Match says.")
  public Uni<RestResponse<String>> status(
      @PathParam("job") String id, @BeanParam Wait wait, @BeanParam Preconditions preconditions) {
    Predicate<Job> wanted =
        preconditions.asksForChange()
            ? job -> !preconditions.unchanged(tag(job))
            : job -> job.state().status().terminal();
    return reads
        .await(caller.get().team(), id, wanted, wait.duration())
        .map(now -> answer(now, wait, preconditions));
  }

  // Typed, so that the framework need not look for a way to write it at each request.
  private static RestResponse<String> answer(Snapshot now, Wait wait, Preconditions preconditions) {
    RestResponse.ResponseBuilder<String> answer = preconditions.answer(tag(now.job()), now::body);
    wait.met().ifPresent(met -> answer.header(Wait.MET, met));
    return answer.build();
  }

  private static ETag tag(Job job) {
    return ETag.ofVersion(job.revision());
  }

  @POST
  @Path("/{job}/stop")
  @RolesAllowed(Needs.LAUNCHER)
  @Operation(
      operationId = "stopJob",
      summary = "Ask a job to stop",
      description =
          "The program gets SIGTERM and a grace period; what it leaves is kept. Asking again, or"
              + " for a job that has ended, changes nothing.")
  public JobView stop(@PathParam("job") String id) {
    Caller who = caller.get();
    return JobView.of(stops.stop(who, reads.get(who.team(), id)));
  }

  @POST
  @Path("/{job}/interrupt")
  @RolesAllowed(Needs.ADMIN)
  @Operation(
      operationId = "interruptJob",
      summary = "Take a job's machine away, as spot does",
      description =
          "Kills the program without notice; it starts again from its checkpoints as the next"
              + " attempt. Local engine only; to see that a version resumes.")
  public JobView interrupt(@PathParam("job") String id) {
    Caller who = caller.get();
    Job job = interruptions.interrupt(who, reads.get(who.team(), id));
    return JobView.of(job);
  }
}
