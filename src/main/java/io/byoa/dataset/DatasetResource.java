package io.byoa.dataset;

import io.byoa.access.CurrentCaller;
import io.byoa.access.Needs;
import io.byoa.common.Failure;
import io.byoa.common.Sha256;
import io.byoa.web.ETag;
import io.byoa.web.Page;
import io.byoa.web.PageRequest;
import io.byoa.web.Preconditions;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Datasets: the list, one, its versions. */
@Path("/api/v1/datasets")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Datasets")
@Blocking
class DatasetResource {

  private static final String PATH = "/api/v1/datasets/";

  private final Datasets datasets;
  private final CurrentCaller caller;

  DatasetResource(Datasets datasets, CurrentCaller caller) {
    this.datasets = datasets;
    this.caller = caller;
  }

  /** The route of a name. */
  static String path(String name) {
    return PATH + name;
  }

  /** The route of a version. */
  static String path(String name, Sha256 digest) {
    return PATH + name + "/versions/sha256:" + digest;
  }

  /**
   * What the path of a version names.
   *
   * @param version {@code sha256:…} or {@code latest}
   * @throws io.byoa.common.FailureException 404 {@code dataset-not-found}
   */
  static DatasetReference reference(String name, String version) {
    String text = DatasetReference.SCHEME + name + (version.equals("latest") ? "" : "@" + version);
    Optional<DatasetReference> reference = DatasetReference.parse(text);
    return reference.orElseThrow(() ->
        new Failure.NotFound(
                "dataset-not-found",
                "There is no dataset '%s' with a version '%s'. Versions are called latest, or sha256: and 64 hexadecimal digits."
                    .formatted(name, version))
            .raise());
  }

  @GET
  @RolesAllowed(Needs.VIEWER)
  @Operation(
      operationId = "listDatasets",
      summary = "List datasets by name, each with its latest version")
  public Page<DatasetView> list(
      @BeanParam PageRequest page,
      @QueryParam("search") @Parameter(description = "Only names that contain this text.")
          @Nullable String search) {
    List<DatasetView> rows =
        datasets
            .list(
                caller.get().team(),
                search == null ? "" : search,
                page.after().orElse(""),
                page.limit())
            .stream()
            .map(DatasetView::of)
            .toList();
    return page.page(rows, DatasetView::name);
  }

  @GET
  @Path("/{name}")
  @RolesAllowed(Needs.VIEWER)
  @Operation(
      operationId = "getDataset",
      summary = "Read a dataset: how many versions it has, and the latest")
  @APIResponse(
      responseCode = "200",
      description = "The dataset.",
      content = @Content(schema = @Schema(implementation = DatasetView.class)))
  public Response dataset(@PathParam("name") String name, @BeanParam Preconditions preconditions) {
    DatasetRepository.Summary latest = datasets.latest(caller.get().team(), name);
    return preconditions.read(ETag.ofVersion(latest.push()), () -> DatasetView.of(latest));
  }

  @GET
  @Path("/{name}/versions")
  @RolesAllowed(Needs.VIEWER)
  @Operation(
      operationId = "listDatasetVersions",
      summary = "List a dataset's versions, the one pushed last first")
  public Page<DatasetVersionView> versions(
      @PathParam("name") String name, @BeanParam PageRequest page) {
    List<DatasetRepository.Summary> rows =
        datasets.versions(
            caller.get().team(),
            name,
            page.after(Long::valueOf).orElse(Long.MAX_VALUE),
            page.limit());
    Page<DatasetRepository.Summary> found = page.page(rows, row -> Long.toString(row.push()));
    return new Page<>(found.items().stream().map(DatasetVersionView::of).toList(), found.next());
  }

  @GET
  @Path("/{name}/versions/{version}")
  @RolesAllowed(Needs.VIEWER)
  @Operation(
      operationId = "getDatasetVersion",
      summary = "Read one version of a dataset, with its files")
  @APIResponse(
      responseCode = "200",
      description = "The version; Content-Location is its lasting address.",
      content = @Content(schema = @Schema(implementation = DatasetVersionView.class)))
  public Response version(
      @PathParam("name") String name,
      @PathParam("version") @Parameter(description = "sha256:…, or latest.") String version,
      @BeanParam Preconditions preconditions) {
    Dataset dataset = datasets.get(caller.get().team(), reference(name, version));
    Response answer =
        preconditions.read(
            ETag.of(dataset.reference(), dataset.createdAt()),
            () -> DatasetVersionView.of(dataset, null));
    return Response.fromResponse(answer)
        .header(HttpHeaders.CONTENT_LOCATION, path(dataset.name(), dataset.digest()))
        .build();
  }
}
