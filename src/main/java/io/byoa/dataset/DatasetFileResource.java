package io.byoa.dataset;

import io.byoa.access.CurrentCaller;
import io.byoa.access.Needs;
import io.byoa.common.Failure;
import io.byoa.common.Nearest;
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
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The files of a dataset's version. */
@Path("/api/v1/datasets/{name}/versions/{version}/files/{path:.+}")
@Tag(name = "Datasets")
class DatasetFileResource {

  private static final Duration LINK = Duration.ofMinutes(15);

  private final Datasets datasets;
  private final ObjectStore store;
  private final CurrentCaller caller;

  DatasetFileResource(Datasets datasets, ObjectStore store, CurrentCaller caller) {
    this.datasets = datasets;
    this.store = store;
    this.caller = caller;
  }

  @GET
  @Produces(MediaType.WILDCARD)
  @RunOnVirtualThread
  @RolesAllowed(Needs.VIEWER)
  @Operation(
      operationId = "downloadDatasetFile",
      summary = "Download one file of a dataset",
      description = "Answers the file, or 303 to a link into the store that is good for minutes.")
  @APIResponse(
      responseCode = "200",
      description = "The file, as an attachment; ETag is its SHA-256.",
      content =
          @Content(
              mediaType = MediaType.WILDCARD,
              schema = @Schema(type = SchemaType.STRING, format = "binary")))
  public Response file(
      @PathParam("name") String name,
      @PathParam("version") String version,
      @PathParam("path") String path,
      @BeanParam DownloadRequest request) {
    Dataset dataset = datasets.get(caller.get().team(), DatasetResource.reference(name, version));
    List<Dataset.File> files = dataset.files();
    StoredObject object =
        files.stream()
            .filter(file -> file.path().equals(path))
            .findFirst()
            .orElseThrow(() -> unknown(dataset, path, files).raise())
            .object();
    String fileName = object.key().name();
    Optional<URI> link = store.link(object, LINK, fileName);
    return link.isPresent()
        ? Download.elsewhere(link.get())
        : new Download(
                fileName,
                object.size(),
                object.sha256(),
                () -> store.open(object),
                (from, length) -> store.openRange(object, from, length))
            .answer(request);
  }

  private static Failure unknown(Dataset dataset, String path, List<Dataset.File> files) {
    String hint = Nearest.endOfSentence(path, files.stream().map(Dataset.File::path).toList());
    return new Failure.NotFound(
        "file-not-found",
        "The dataset %s has no file '%s'%s".formatted(dataset.name(), path, hint));
  }
}
