package io.byoa.job.result;

import io.byoa.access.CurrentCaller;
import io.byoa.access.Needs;
import io.byoa.job.JobReads;
import io.byoa.store.ObjectStore;
import io.byoa.web.Wait;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What an ended job left, as a manifest. */
@Path("/api/v1/jobs/{job}/result")
@Tag(name = "Jobs")
@Blocking
class JobResultResource {

  private final JobReads reads;
  private final ObjectStore store;
  private final CurrentCaller caller;

  JobResultResource(JobReads reads, ObjectStore store, CurrentCaller caller) {
    this.reads = reads;
    this.store = store;
    this.caller = caller;
  }

  @GET
  @RolesAllowed(Needs.VIEWER)
  @Operation(
      operationId = "getJobResult",
      summary = "Read what an ended job left",
      description = "Also for failed and stopped jobs, with what they left.")
  public Uni<ResultView> result(@PathParam("job") String id, @BeanParam Wait wait) {
    return reads
        .ended(caller.get().team(), id, wait.duration())
        .map(job -> ResultView.of(job, store));
  }
}
