package io.byoa.algorithm;

import io.byoa.access.CurrentCaller;
import io.byoa.access.Needs;
import io.byoa.algorithm.AlgorithmResource.VersionAnswer;
import io.byoa.common.Failure;
import io.byoa.common.Violation;
import io.byoa.web.BodyLimit;
import io.byoa.web.FormParts;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/** Publishes versions. */
@Path("/api/v1/algorithms")
@Tag(name = "Algorithms")
@Blocking
class PublishResource {

  private static final List<String> PARTS =
      List.of("archive", "descriptor", "name", "version", "description");

  private final Publishing publishing;
  private final Rehearsal rehearsal;
  private final CurrentCaller caller;

  PublishResource(Publishing publishing, Rehearsal rehearsal, CurrentCaller caller) {
    this.publishing = publishing;
    this.rehearsal = rehearsal;
    this.caller = caller;
  }

  /** What may be said of a push in the query; a {@code @BeanParam}. */
  record Options(
      @QueryParam("dryRun")
          @DefaultValue("false")
          @Parameter(
              description = "Check everything and tell what would come of it; nothing is kept.")
          boolean dryRun,
      @QueryParam("status") @Parameter(description = "available (default), deprecated or disabled.")
          @Nullable String status,
      @QueryParam("sourceRepository")
          @Parameter(description = "Where the code comes from, such as a Git URL.")
          @Nullable String sourceRepository,
      @QueryParam("sourceRevision") @Parameter(description = "Such as a commit.")
          @Nullable String sourceRevision,
      @QueryParam("pipelineUrl") @Parameter(description = "The pipeline's run that publishes.")
          @Nullable String pipelineUrl) {

    private PublishedVersion.Provenance provenance() {
      return new PublishedVersion.Provenance(sourceRepository, sourceRevision, pipelineUrl);
    }
  }

  @PUT
  @Path("/{algorithm}/versions/{version}")
  @Consumes(MediaType.WILDCARD)
  @BodyLimit(bytes = 1L << 40, seconds = 3600) // BundleConfig has the real limit
  @RolesAllowed(Needs.PUBLISHER)
  @Operation(
      summary = "Publish a version at its address",
      description =
          "The body is a zip or tar.gz of the algorithm (curl -T). 201 for a new version, 200 for"
              + " the same content again, 409 for other content.")
  @APIResponse(
      responseCode = "201",
      description = "A new version.",
      content = @Content(schema = @Schema(implementation = VersionView.class)))
  @APIResponse(
      responseCode = "200",
      description = "The version was there with this content; or what a dry run found.",
      content = @Content(schema = @Schema(oneOf = {VersionView.class, RehearsalView.class})))
  public Response put(
      @PathParam("algorithm") String algorithm,
      @PathParam("version") String version,
      @BeanParam Options options,
      InputStream archive)
      throws IOException {
    return push(archive, Descriptors.Said.at(algorithm, version), options);
  }

  @POST
  @Consumes({
    "application/zip",
    "application/gzip",
    "application/x-gzip",
    "application/octet-stream"
  })
  @BodyLimit(bytes = 1L << 40, seconds = 3600) // BundleConfig has the real limit
  @RolesAllowed(Needs.PUBLISHER)
  @Operation(
      summary = "Publish a version",
      description = "Name and version come from the descriptor in the archive.")
  @APIResponse(
      responseCode = "201",
      description = "A new version.",
      content = @Content(schema = @Schema(implementation = VersionView.class)))
  @APIResponse(
      responseCode = "200",
      description = "The version was there with this content; or what a dry run found.",
      content = @Content(schema = @Schema(oneOf = {VersionView.class, RehearsalView.class})))
  public Response post(@BeanParam Options options, InputStream archive) throws IOException {
    return push(archive, Descriptors.Said.NOTHING, options);
  }

  @POST
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  @BodyLimit(bytes = 1L << 40, seconds = 3600) // BundleConfig has the real limit
  @RolesAllowed(Needs.PUBLISHER)
  @Operation(hidden = true)
  public Response form(
      @BeanParam Options options,
      @RestForm("archive") FileUpload archive,
      @RestForm("descriptor") @Nullable String descriptor,
      @RestForm("name") @Nullable String name,
      @RestForm("version") @Nullable String version,
      @RestForm("description") @Nullable String description)
      throws IOException {
    FormParts.requireKnown(PARTS);
    Descriptors.Said said =
        new Descriptors.Said(
                descriptor == null || descriptor.isBlank()
                    ? null
                    : descriptor.getBytes(StandardCharsets.UTF_8),
                Map.of(),
                null)
            .with("name", name)
            .with("version", version)
            .with("description", description);
    if (archive == null) {
      throw new Failure.Invalid(
              "archive-missing",
              "The form has no file in the part 'archive'.",
              List.of(
                  new Violation("/archive", "Missing; it is the zip or tar.gz of the algorithm.")))
          .raise();
    }
    try (InputStream file = Files.newInputStream(archive.uploadedFile())) {
      return push(file, said, options);
    }
  }

  private Response push(InputStream archive, Descriptors.Said said, Options options)
      throws IOException {
    VersionStatus status =
        options.status() == null
            ? VersionStatus.AVAILABLE
            : Standings.status("?status", options.status());
    Publishing.Intent intent =
        new Publishing.Intent(caller.get(), said, status, options.provenance());
    if (options.dryRun()) {
      return Response.ok(rehearsal.rehearse(archive, intent)).build();
    }
    Publishing.Pushed pushed = publishing.publish(archive, intent);
    VersionView view = VersionView.of(pushed.version(), pushed.notices());
    URI self = URI.create(view.links().self());
    return (pushed.created() ? Response.created(self) : Response.ok())
        .header(HttpHeaders.CONTENT_LOCATION, self.toString())
        .header(
            HttpHeaders.ETAG,
            VersionAnswer.tag(view.version(), pushed.version().revision()).toString())
        .entity(view)
        .build();
  }
}
