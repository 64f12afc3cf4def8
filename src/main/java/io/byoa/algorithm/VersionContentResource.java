package io.byoa.algorithm;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.byoa.access.CurrentCaller;
import io.byoa.access.Needs;
import io.byoa.algorithm.AlgorithmResource.VersionAddress;
import io.byoa.algorithm.AlgorithmResource.VersionAnswer;
import io.byoa.bundle.BundleFile;
import io.byoa.bundle.CanonicalTar;
import io.byoa.bundle.FileRange;
import io.byoa.common.Failure;
import io.byoa.common.FailureException;
import io.byoa.common.Nearest;
import io.byoa.common.Violation;
import io.byoa.store.CheckingInputStream;
import io.byoa.store.ObjectStore;
import io.byoa.store.StoredObject;
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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
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
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed(Needs.VIEWER)
  @Operation(
      operationId = "getVersionDescriptor",
      summary = "Read a version's completed descriptor")
  @APIResponse(
      responseCode = "200",
      description = "The descriptor, as /schemas/algorithm/v1.json has it.",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(type = SchemaType.OBJECT)))
  public Response descriptor(
      @BeanParam VersionAddress address, @BeanParam Preconditions preconditions) {
    VersionEntity row = row(address);
    return json(row, "descriptor", row.descriptor, preconditions);
  }

  @GET
  @Path("/schema")
  @Produces("application/schema+json")
  @RolesAllowed(Needs.VIEWER)
  @Operation(
      operationId = "getVersionSchema",
      summary = "Read the JSON Schema of a version's hyperparameters")
  @APIResponse(
      responseCode = "200",
      description = "A JSON Schema of an object.",
      content =
          @Content(
              mediaType = "application/schema+json",
              schema = @Schema(type = SchemaType.OBJECT)))
  public Response schema(
      @BeanParam VersionAddress address, @BeanParam Preconditions preconditions) {
    VersionEntity row = row(address);
    String schema = rows.version(row).descriptor().hyperParameters().toJsonSchema().pretty();
    return json(row, "schema", schema, preconditions);
  }

  @GET
  @Path("/openapi.json")
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed(Needs.VIEWER)
  @Operation(
      operationId = "getVersionOpenApi",
      summary = "Read the OpenAPI document of a version's own three services",
      description = "Launch, status and result, with this version's parameters and channels.")
  @APIResponse(
      responseCode = "200",
      description = "An OpenAPI document.",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema = @Schema(type = SchemaType.OBJECT)))
  public Response openapi(
      @BeanParam VersionAddress address, @BeanParam Preconditions preconditions) {
    VersionEntity row = row(address);
    String document = VersionOpenApi.of(rows.version(row).descriptor()).pretty();
    return json(row, "openapi.json", document, preconditions);
  }

  /** What never changes for a version, so that its tag is made of what it is. */
  private static Response json(
      VersionEntity row, String what, String text, Preconditions preconditions) {
    Response answer = preconditions.read(ETag.of(what, row.codeSha256, text), () -> text);
    return VersionAnswer.about(row, "/" + what, answer);
  }

  @GET
  @Path("/code")
  @Produces(MediaType.WILDCARD)
  @RolesAllowed(Needs.VIEWER)
  @Operation(
      operationId = "downloadVersionCode",
      summary = "Download a version's code",
      description = "The canonical tar that was stored; its SHA-256 is the version's identity.")
  @APIResponse(
      responseCode = "200",
      description = "The code, as an attachment; ETag is its SHA-256.",
      content =
          @Content(
              mediaType = "application/x-tar",
              schema = @Schema(type = SchemaType.STRING, format = "binary")))
  public Response code(@BeanParam VersionAddress address, @BeanParam DownloadRequest request) {
    VersionEntity row = row(address);
    PublishedVersion version = rows.version(row);
    return VersionAnswer.about(
        row,
        "/code",
        new Download(
                version.algorithm() + "-" + version.version() + ".tar",
                version.code().size(),
                version.code().sha256(),
                () -> store.openVerified(version.code()),
                (from, length) -> store.openRange(version.code(), from, length))
            .answer(request));
  }

  @Schema(name = "CodeFiles")
  record FilesView(String algorithm, String version, List<FileView> files) {}

  @Schema(name = "CodeFileLink")
  record FileView(String path, long size, String sha256, boolean executable, String href) {}

  @GET
  @Path("/files")
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed(Needs.VIEWER)
  @Operation(operationId = "listVersionFiles", summary = "List the files of a version's code")
  @APIResponse(
      responseCode = "200",
      description = "Every file, sorted by the bytes of its path.",
      content = @Content(schema = @Schema(implementation = FilesView.class)))
  public Response files(@BeanParam VersionAddress address, @BeanParam Preconditions preconditions) {
    VersionEntity row = row(address);
    Response answer =
        preconditions.read(ETag.of("files", row.key.version(), row.codeSha256), () -> view(row));
    return VersionAnswer.about(row, "/files", answer);
  }

  private FilesView view(VersionEntity row) {
    return new FilesView(
        row.key.algorithm(),
        row.key.version(),
        reads.files(row).stream()
            .map(file ->
                new FileView(
                    file.path(),
                    file.size(),
                    file.sha256().hex(),
                    file.executable(),
                    VersionAnswer.path(row) + "/files/" + UrlPath.encode(file.path())))
            .toList());
  }

  @GET
  @Path("/files/{path:.+}")
  @Produces(MediaType.WILDCARD)
  @RolesAllowed(Needs.VIEWER)
  @Operation(operationId = "downloadVersionFile", summary = "Download one file of a version's code")
  @APIResponse(
      responseCode = "200",
      description = "The file, as an attachment; ETag is its SHA-256.",
      content =
          @Content(
              mediaType = MediaType.WILDCARD,
              schema = @Schema(type = SchemaType.STRING, format = "binary")))
  public Response file(
      @BeanParam VersionAddress address,
      @PathParam("path") @Parameter(example = "train.py") String path,
      @BeanParam DownloadRequest request) {
    VersionEntity row = row(address);
    List<BundleFile> files = reads.files(row);
    BundleFile file =
        files.stream()
            .filter(each -> each.path().equals(path))
            .findFirst()
            .orElseThrow(() -> fileNotFound(row, path, files));
    FileRange range = CanonicalTar.range(files, path).orElseThrow();
    StoredObject code = rows.version(row).code();
    // The digest of the file, not of the archive: a swapped archive must not pass part by part.
    StoredObject expected = new StoredObject(code.key(), file.size(), file.sha256());
    return VersionAnswer.about(
        row,
        "/files/" + UrlPath.encode(path),
        new Download(
                path.substring(path.lastIndexOf('/') + 1),
                file.size(),
                file.sha256(),
                () ->
                    new CheckingInputStream(
                        store.openRange(code, range.offset(), range.length()), expected),
                (from, length) -> store.openRange(code, range.offset() + from, length))
            .answer(request));
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
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed(Needs.VIEWER)
  @Operation(
      operationId = "compareVersions",
      summary = "Compare a version with another one",
      description = "Descriptor, files and dependencies: what came, went or changed since 'with'.")
  @APIResponse(
      responseCode = "200",
      description = "The difference; Content-Location is the address with both versions exact.",
      content = @Content(schema = @Schema(implementation = DifferenceView.class)))
  public Response diff(
      @BeanParam VersionAddress address,
      @QueryParam("with")
          @Parameter(required = true, description = "A version, range, 'latest' or alias.")
          @Nullable String with) {
    if (with == null || with.isBlank()) {
      String detail = "Say which version to compare with: ?with=1.3.0";
      throw new Failure.Malformed(
              "parameters-invalid", detail, List.of(new Violation("?with", detail)))
          .raise();
    }
    VersionEntity to = row(address);
    VersionEntity from = row(new VersionAddress(address.algorithm(), with));
    PublishedVersion before = rows.version(from);
    PublishedVersion after = rows.version(to);
    List<RehearsalView.ChangeView> changes =
        Rehearsal.changes(before.descriptor(), after.descriptor());
    VersionDifference difference =
        new VersionDifference(store, before, reads.files(from), after, reads.files(to));
    DifferenceView view =
        new DifferenceView(
            address.algorithm(),
            before.version(),
            after.version(),
            changes.stream().anyMatch(RehearsalView.ChangeView::breaking),
            changes,
            difference.files(),
            difference.dependencies());
    return VersionAnswer.about(to, "/diff?with=" + before.version(), Response.ok(view).build());
  }

  private VersionEntity row(VersionAddress address) {
    return reads.version(caller.get().team(), address.algorithm(), address.selector());
  }
}
