package io.byoa.algorithm;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.byoa.access.CurrentCaller;
import io.byoa.access.Needs;
import io.byoa.bundle.BundleFile;
import io.byoa.bundle.CanonicalTar;
import io.byoa.bundle.FileRange;
import io.byoa.common.Failure;
import io.byoa.common.FailureException;
import io.byoa.common.Nearest;
import io.byoa.common.Violation;
import io.byoa.store.ObjectStore;
import io.byoa.web.Download;
import io.byoa.web.DownloadRequest;
import io.byoa.web.ETag;
import io.byoa.web.Preconditions;
import io.byoa.web.UrlPath;
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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What a version is made of: descriptor, parameters, its own API, code and files. */
@Path("/api/v1/algorithms/{algorithm}/versions/{version}")
@Tag(name = "Algorithms")
@Blocking
class VersionContentResource {

  private final AlgorithmReads reads;
  private final VersionRows rows;
  private final ObjectStore store;
  private final CurrentCaller caller;

  VersionContentResource(
      AlgorithmReads reads, VersionRows rows, ObjectStore store, CurrentCaller caller) {
    this.reads = reads;
    this.rows = rows;
    this.store = store;
    this.caller = caller;
  }

  @GET
  @Path("/descriptor")
  @RolesAllowed(Needs.VIEWER)
  @Operation(summary = "Read a version's completed descriptor")
  public Response descriptor(
      @PathParam("algorithm") String algorithm,
      @PathParam("version") String selector,
      @BeanParam Preconditions preconditions) {
    VersionEntity row = row(algorithm, selector);
    return json(row, "descriptor", row.descriptor, preconditions);
  }

  @GET
  @Path("/schema")
  @Produces("application/schema+json")
  @RolesAllowed(Needs.VIEWER)
  @Operation(summary = "Read the JSON Schema of a version's hyperparameters")
  public Response schema(
      @PathParam("algorithm") String algorithm,
      @PathParam("version") String selector,
      @BeanParam Preconditions preconditions) {
    VersionEntity row = row(algorithm, selector);
    String schema = rows.version(row).descriptor().hyperParameters().toJsonSchema().pretty();
    return json(row, "schema", schema, preconditions);
  }

  @GET
  @Path("/openapi.json")
  @RolesAllowed(Needs.VIEWER)
  @Operation(
      summary = "Read the OpenAPI document of a version's own three services",
      description = "Launch, status and result, with this version's parameters and channels.")
  public Response openapi(
      @PathParam("algorithm") String algorithm,
      @PathParam("version") String selector,
      @BeanParam Preconditions preconditions) {
    VersionEntity row = row(algorithm, selector);
    String document = VersionOpenApi.of(rows.version(row).descriptor()).pretty();
    return json(row, "openapi", document, preconditions);
  }

  /** What never changes for a version, so that its tag is made of what it is. */
  private static Response json(
      VersionEntity row, String what, String text, Preconditions preconditions) {
    Response answer = preconditions.read(ETag.of(what, row.codeSha256, text), () -> text);
    return Response.fromResponse(answer)
        .header(HttpHeaders.CONTENT_LOCATION, self(row) + "/" + what)
        .build();
  }

  @GET
  @Path("/code")
  @Produces(MediaType.WILDCARD)
  @RolesAllowed(Needs.VIEWER)
  @Operation(
      summary = "Download a version's code",
      description = "The canonical tar that was stored; its SHA-256 is the version's identity.")
  public Response code(
      @PathParam("algorithm") String algorithm,
      @PathParam("version") String selector,
      @BeanParam DownloadRequest request) {
    PublishedVersion version = rows.version(row(algorithm, selector));
    return new Download(
            version.algorithm() + "-" + version.version() + ".tar",
            version.code().size(),
            version.code().sha256(),
            () -> store.openVerified(version.code()),
            (from, length) -> store.openRange(version.code(), from, length))
        .answer(request);
  }

  @Schema(name = "CodeFiles")
  record FilesView(String algorithm, String version, List<FileView> files) {}

  @Schema(name = "CodeFileLink")
  record FileView(String path, long size, String sha256, boolean executable, String href) {}

  @GET
  @Path("/files")
  @RolesAllowed(Needs.VIEWER)
  @Operation(summary = "List the files of a version's code")
  public FilesView files(
      @PathParam("algorithm") String algorithm, @PathParam("version") String selector) {
    VersionEntity row = row(algorithm, selector);
    return new FilesView(
        row.key.algorithm(),
        row.key.version(),
        rows.files(row).stream()
            .map(file ->
                new FileView(
                    file.path(),
                    file.size(),
                    file.sha256().hex(),
                    file.executable(),
                    self(row) + "/files/" + UrlPath.encode(file.path())))
            .toList());
  }

  @GET
  @Path("/files/{path:.+}")
  @Produces(MediaType.WILDCARD)
  @RolesAllowed(Needs.VIEWER)
  @Operation(summary = "Download one file of a version's code")
  public Response file(
      @PathParam("algorithm") String algorithm,
      @PathParam("version") String selector,
      @PathParam("path") @Parameter(example = "train.py") String path,
      @BeanParam DownloadRequest request) {
    VersionEntity row = row(algorithm, selector);
    List<BundleFile> files = rows.files(row);
    BundleFile file =
        files.stream()
            .filter(each -> each.path().equals(path))
            .findFirst()
            .orElseThrow(() -> fileNotFound(row, path, files));
    FileRange range = CanonicalTar.range(files, path).orElseThrow();
    PublishedVersion version = rows.version(row);
    return new Download(
            path.substring(path.lastIndexOf('/') + 1),
            file.size(),
            file.sha256(),
            () -> store.openRange(version.code(), range.offset(), range.length()),
            (from, length) -> store.openRange(version.code(), range.offset() + from, length))
        .answer(request);
  }

  private static FailureException fileNotFound(
      VersionEntity row, String path, List<BundleFile> files) {
    String hint = Nearest.endOfSentence(path, files.stream().map(BundleFile::path).toList());
    return new Failure.NotFound(
            "file-not-found",
            "Version %s of '%s' has no file '%s'%s"
                .formatted(row.key.version(), row.key.algorithm(), path, hint))
        .raise();
  }

  /** A difference between two versions. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "VersionDifference")
  record DifferenceView(
      String algorithm,
      @Schema(description = "The version that is compared with.") String from,
      String to,
      @Schema(description = "Whether callers of 'from' may be refused or misled by 'to'.")
          boolean breaking,
      List<RehearsalView.ChangeView> descriptor,
      List<VersionDifference.FileChange> files,
      @Schema(description = "Lines of the dependencies file that were added or removed.")
          List<VersionDifference.DependencyChange> dependencies) {}

  @GET
  @Path("/diff")
  @RolesAllowed(Needs.VIEWER)
  @Operation(
      summary = "Compare a version with another one",
      description = "Descriptor, files and dependencies: what came, went or changed since 'with'.")
  public DifferenceView diff(
      @PathParam("algorithm") String algorithm,
      @PathParam("version") String selector,
      @QueryParam("with")
          @Parameter(required = true, description = "A version, range, 'latest' or alias.")
          @Nullable String with) {
    if (with == null || with.isBlank()) {
      String detail = "Say which version to compare with: ?with=1.3.0";
      throw new Failure.Malformed(
              "parameters-invalid", detail, List.of(new Violation("?with", detail)))
          .raise();
    }
    VersionEntity to = row(algorithm, selector);
    VersionEntity from = row(algorithm, with);
    PublishedVersion before = rows.version(from);
    PublishedVersion after = rows.version(to);
    List<RehearsalView.ChangeView> changes =
        Rehearsal.changes(before.descriptor(), after.descriptor());
    VersionDifference difference =
        new VersionDifference(store, before, rows.files(from), after, rows.files(to));
    return new DifferenceView(
        algorithm,
        before.version(),
        after.version(),
        changes.stream().anyMatch(RehearsalView.ChangeView::breaking),
        changes,
        difference.files(),
        difference.dependencies());
  }

  private VersionEntity row(String algorithm, String selector) {
    return reads.version(caller.get().team(), algorithm, selector);
  }

  private static String self(VersionEntity row) {
    return AlgorithmResource.path(row.key.algorithm()) + "/versions/" + row.key.version();
  }
}
