package io.byoa.job.result;

import io.byoa.access.CurrentCaller;
import io.byoa.access.Needs;
import io.byoa.common.Failure;
import io.byoa.common.Nearest;
import io.byoa.engine.Outputs;
import io.byoa.job.Job;
import io.byoa.job.JobReads;
import io.byoa.store.ObjectStore;
import io.byoa.store.StoredObject;
import io.byoa.web.Download;
import io.byoa.web.DownloadRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The files that an ended job left. */
@Path("/api/v1/jobs/{job}/files/{path:.+}")
@Tag(name = "Jobs")
class JobFileResource {

  private static final Duration LINK = Duration.ofMinutes(15);

  private final JobReads reads;
  private final ObjectStore store;
  private final CurrentCaller caller;

  JobFileResource(JobReads reads, ObjectStore store, CurrentCaller caller) {
    this.reads = reads;
    this.store = store;
    this.caller = caller;
  }

  @GET
  @Produces(MediaType.WILDCARD)
  @RunOnVirtualThread // A download lasts as long as the client's line needs.
  @RolesAllowed(Needs.VIEWER)
  @Operation(
      operationId = "downloadJobFile",
      summary = "Download one file of a job's result",
      description =
          "An archive (model.tar.gz, output.tar.gz) or one file in it (model/…, output/…), as the"
              + " result lists them; packages.txt is what the installer put into the environment."
              + " Archives may answer 303 with a link into the store that is good"
              + " for minutes.")
  @APIResponse(
      responseCode = "200",
      description = "The file, as an attachment; ETag is its SHA-256.",
      content =
          @Content(
              mediaType = MediaType.WILDCARD,
              schema = @Schema(type = SchemaType.STRING, format = "binary")))
  public Response file(
      @PathParam("job") String id,
      @PathParam("path") @Parameter(example = "model.tar.gz") String path,
      @BeanParam DownloadRequest request) {
    Job job = reads.get(caller.get().team(), id);
    JobReads.requireEnded(job);
    JobReads.requireKept(job);
    Outputs outputs = job.state().outputs() == null ? Outputs.NONE : job.state().outputs();
    ResultFile found =
        ResultFile.find(store, outputs, path)
            .orElseThrow(() -> notFound(id, path, outputs).raise());
    return switch (found) {
      case ResultFile.Whole(StoredObject object) -> whole(object, request);
      case ResultFile.Member(Outputs.Archive archive, Outputs.Member member) ->
          new Download(
                  member.path().substring(member.path().lastIndexOf('/') + 1),
                  member.size(),
                  member.sha256(),
                  () -> ArchivedFile.open(store, archive, member),
                  null)
              .answer(request);
    };
  }

  private Response whole(StoredObject object, DownloadRequest request) {
    String name = object.key().name();
    Optional<URI> link = store.link(object, LINK, name);
    return link.isPresent()
        ? Download.elsewhere(link.get())
        : new Download(
                name,
                object.size(),
                object.sha256(),
                () -> store.open(object),
                (from, length) -> store.openRange(object, from, length))
            .answer(request);
  }

  private Failure notFound(String id, String path, Outputs outputs) {
    String hint = Nearest.endOfSentence(path, ResultFile.paths(store, outputs));
    return new Failure.NotFound(
        "file-not-found",
        "The job left no file '%s'%s GET /api/v1/jobs/%s/result lists its files."
            .formatted(path, hint, id));
  }
}
