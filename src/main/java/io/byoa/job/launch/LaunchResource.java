package io.byoa.job.launch;

import io.byoa.access.Caller;
import io.byoa.access.CurrentCaller;
import io.byoa.access.Needs;
import io.byoa.algorithm.Deprecations;
import io.byoa.algorithm.PublishedVersion;
import io.byoa.job.Job;
import io.byoa.job.JobView;
import io.byoa.web.Answer;
import io.byoa.web.Idempotency;
import io.byoa.web.IdempotencyKey;
import io.byoa.web.JsonBody;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Launches a training of a version. */
@Path("/api/v1/algorithms/{algorithm}/versions/{version}/jobs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Jobs")
@Blocking
class LaunchResource {

  /** When a first look at a job is worth it. */
  private static final Duration FIRST_LOOK = Duration.ofSeconds(2);

  private final LaunchCheck check;
  private final Launching launching;
  private final Idempotency idempotency;
  private final CurrentCaller caller;

  LaunchResource(
      LaunchCheck check, Launching launching, Idempotency idempotency, CurrentCaller caller) {
    this.check = check;
    this.launching = launching;
    this.idempotency = idempotency;
    this.caller = caller;
  }

  @POST
  @RolesAllowed(Needs.LAUNCHER)
  @Operation(
      operationId = "launchJob",
      summary = "Launch a training of a version",
      description =
          "The body is optional, and so is everything in it. With dryRun=true everything is checked"
              + " and nothing is launched.")
  @RequestBody(
      required = false,
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(implementation = LaunchSchema.class),
              example = LaunchSchema.EXAMPLE))
  @APIResponse(
      responseCode = "202",
      description = "Accepted: the job, at Location.",
      content = @Content(schema = @Schema(implementation = JobView.class)))
  @APIResponse(
      responseCode = "200",
      description = "What a dry run found would be launched.",
      content = @Content(schema = @Schema(implementation = LaunchPlanView.class)))
  public Response launch(
      @PathParam("algorithm") String algorithm,
      @PathParam("version") String selector,
      @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
      @BeanParam IdempotencyKey key,
      JsonBody body) {
    Caller who = caller.get();
    if (dryRun) {
      LaunchPlan plan = check.plan(who, algorithm, selector, body);
      Response.ResponseBuilder answer =
          Response.ok(LaunchPlanView.of(plan))
              .header(HttpHeaders.CONTENT_LOCATION, path(plan.version()));
      Deprecations.headers(plan.version().standing()).forEach(answer::header);
      return answer.build();
    }
    return idempotency.once(
        key,
        body.digest(),
        () -> {
          LaunchPlan plan = check.plan(who, algorithm, selector, body);
          Job job = launching.accept(who, plan);
          Answer answer =
              Answer.accepted(URI.create(JobView.path(job.id())), FIRST_LOOK, JobView.of(job))
                  .with(HttpHeaders.CONTENT_LOCATION, path(plan.version()));
          for (var header : Deprecations.headers(plan.version().standing()).entrySet()) {
            answer = answer.with(header.getKey(), header.getValue());
          }
          return answer;
        });
  }

  private static String path(PublishedVersion version) {
    return "/api/v1/algorithms/%s/versions/%s".formatted(version.algorithm(), version.version());
  }
}
