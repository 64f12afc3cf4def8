package io.byoa.algorithm;

import io.byoa.access.CurrentCaller;
import io.byoa.access.Needs;
import io.byoa.algorithm.AlgorithmResource.VersionAnswer;
import io.byoa.common.Failure;
import io.byoa.common.MediaTypes;
import io.byoa.common.Violation;
import io.byoa.web.Answer;
import io.byoa.web.BodyLimit;
import io.byoa.web.ConsumedTypes;
import io.byoa.web.FormParts;
import io.byoa.web.Idempotency;
import io.byoa.web.IdempotencyKey;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/** Publishes versions. */
@Path("/api/v1/algorithms")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Algorithms")
@Blocking
class PublishResource {

  private static final List<String> PARTS =
      List.of(
          "archive",
          "descriptor",
          "name",
          "version",
          "description",
          "language",
          "languageVersion",
          "dependencies",
          "entryPoint",
          "arguments");

  /** Besides forms; what is really sent is told by its first bytes. */
  private static final List<String> TYPES =
      List.of(
          "application/zip", "application/gzip", "application/x-gzip", "application/octet-stream");

  /** What clients say that say nothing: curl's word for --data-binary. */
  private static final String UNSAID = "application/x-www-form-urlencoded";

  private final Publishing publishing;
  private final Rehearsal rehearsal;
  private final Idempotency idempotency;
  private final CurrentCaller caller;

  PublishResource(
      Publishing publishing, Rehearsal rehearsal, Idempotency idempotency, CurrentCaller caller) {
    this.publishing = publishing;
    this.rehearsal = rehearsal;
    this.idempotency = idempotency;
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
      @QueryParam("reason")
          @Parameter(description = "Why it has this status; callers see it. Needed for disabled.")
          @Nullable String reason,
      @QueryParam("sourceRepository")
          @Parameter(description = "Where the code comes from, such as a Git URL.")
          @Nullable String sourceRepository,
      @QueryParam("sourceRevision") @Parameter(description = "Such as a commit.")
          @Nullable String sourceRevision,
      @QueryParam("pipelineUrl") @Parameter(description = "The pipeline's run that publishes.")
          @Nullable String pipelineUrl) {

    private PublishedVersion.Provenance provenance() {
      return StatedProvenance.read(sourceRepository, sourceRevision, pipelineUrl);
    }
  }

  @PUT
  @Path("/{algorithm}/versions/{version}")
  @Consumes(MediaType.WILDCARD)
  @BodyLimit(bytes = 1L << 40, seconds = 3600) // BundleConfig has the real limit
  @RolesAllowed(Needs.PUBLISHER)
  @Operation(
      operationId = "putVersion",
      summary = "Publish a version at its address",
      description =
          "The body is a zip or tar.gz of the algorithm (curl -T). 201 for a new version, 200 for"
              + " the same content again, 409 for other content.")
  @RequestBody(
      required = true,
      content = {
        @Content(
            mediaType = "application/zip",
            schema = @Schema(type = SchemaType.STRING, format = "binary")),
        @Content(
            mediaType = "application/gzip",
            schema = @Schema(type = SchemaType.STRING, format = "binary")),
        @Content(mediaType = "*/*", schema = @Schema(type = SchemaType.STRING, format = "binary"))
      })
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
    return push(archive, Descriptors.Said.at(algorithm, version), options, null);
  }

  @POST
  @Consumes(MediaType.WILDCARD)
  @BodyLimit(bytes = 1L << 40, seconds = 3600) // BundleConfig has the real limit
  @RolesAllowed(Needs.PUBLISHER)
  @Operation(
      operationId = "publishVersion",
      summary = "Publish a version",
      description =
          "Name and version come from the descriptor in the archive. A form may say what an archive"
              + " without a descriptor lacks; what it leaves out is guessed from the names of the"
              + " files where they leave no doubt, and 'notices' tells what was guessed.")
  @RequestBody(
      required = true,
      content = {
        @Content(
            mediaType = "application/zip",
            schema = @Schema(type = SchemaType.STRING, format = "binary")),
        @Content(
            mediaType = "application/gzip",
            schema = @Schema(type = SchemaType.STRING, format = "binary")),
        @Content(
            mediaType = "multipart/form-data",
            schema = @Schema(implementation = PublishForm.class))
      })
  @APIResponse(
      responseCode = "201",
      description = "A new version.",
      content = @Content(schema = @Schema(implementation = VersionView.class)))
  @APIResponse(
      responseCode = "200",
      description = "The version was there with this content; or what a dry run found.",
      content = @Content(schema = @Schema(oneOf = {VersionView.class, RehearsalView.class})))
  public Response post(
      @BeanParam Options options,
      @BeanParam IdempotencyKey key,
      @HeaderParam(HttpHeaders.CONTENT_TYPE) @Parameter(hidden = true) @Nullable String contentType,
      InputStream archive)
      throws IOException {
    requireArchive(contentType);
    key.scoped(); // One that is none is refused before the archive is read.
    return push(archive, Descriptors.Said.NOTHING, options, key);
  }

  private static void requireArchive(@Nullable String contentType) {
    if (contentType == null) {
      return;
    }
    String type = MediaTypes.essence(contentType);
    if (!type.equals(UNSAID) && !TYPES.contains(type)) {
      List<String> taken = new ArrayList<>(TYPES);
      taken.add(MediaType.MULTIPART_FORM_DATA);
      throw ConsumedTypes.refusal(taken).raise();
    }
  }

  @POST
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  @BodyLimit(bytes = 1L << 40, seconds = 3600) // BundleConfig has the real limit
  @RolesAllowed(Needs.PUBLISHER)
  @Operation(hidden = true)
  public Response form(
      @BeanParam Options options,
      @BeanParam IdempotencyKey key,
      @RestForm("archive") FileUpload archive,
      @RestForm("descriptor") @Nullable String descriptor,
      @RestForm("name") @Nullable String name,
      @RestForm("version") @Nullable String version,
      @RestForm("description") @Nullable String description,
      @RestForm("language") @Nullable String language,
      @RestForm("languageVersion") @Nullable String languageVersion,
      @RestForm("dependencies") @Nullable String dependencies,
      @RestForm("entryPoint") @Nullable String entryPoint,
      @RestForm("arguments") @Nullable String arguments)
      throws IOException {
    FormParts.requireKnown(PARTS);
    key.scoped();
    Descriptors.Said said =
        Descriptors.Said.form(descriptor)
            .with("name", name)
            .with("version", version)
            .with("description", description)
            .with("entryPoint", entryPoint)
            .with("arguments", arguments)
            .withRuntime("language", language)
            .withRuntime("version", languageVersion)
            .withRuntime("dependencies", dependencies);
    if (archive == null) {
      throw new Failure.Invalid(
              "archive-missing",
              "The form has no file in the part 'archive'.",
              List.of(
                  new Violation("/archive", "Missing; it is the zip or tar.gz of the algorithm.")))
          .raise();
    }
    try (InputStream file = Files.newInputStream(archive.uploadedFile())) {
      return push(file, said, options, key);
    }
  }

  private Response push(
      InputStream archive, Descriptors.Said said, Options options, @Nullable IdempotencyKey key)
      throws IOException {
    Publishing.Intent intent =
        new Publishing.Intent(
            caller.get(),
            said,
            Standings.Change.stated(options.status(), options.reason()),
            options.provenance());
    if (options.dryRun()) {
      return Response.ok(rehearsal.rehearse(archive, intent)).build();
    }
    Publishing.Kept kept = publishing.keep(archive, intent);
    return key == null
        ? idempotency.unkeyed(() -> answer(publishing.record(kept, intent)))
        : idempotency.once(key, kept.digest(intent), () -> answer(publishing.record(kept, intent)));
  }

  private static Answer answer(Publishing.Pushed pushed) {
    VersionView view = VersionView.of(pushed.version(), pushed.notices());
    URI self = URI.create(view.links().self());
    return (pushed.created() ? Answer.created(self, view) : Answer.ok(view))
        .with(HttpHeaders.CONTENT_LOCATION, self.toString())
        .with(
            HttpHeaders.ETAG,
            VersionAnswer.tag(view.version(), pushed.version().revision()).toString());
  }
}
