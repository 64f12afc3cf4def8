package io.byoa.dataset;

import io.byoa.access.Caller;
import io.byoa.access.CurrentCaller;
import io.byoa.access.Needs;
import io.byoa.bundle.ArchiveFormat;
import io.byoa.common.AttachmentName;
import io.byoa.common.Failure;
import io.byoa.common.Sha256;
import io.byoa.common.Violation;
import io.byoa.web.Answer;
import io.byoa.web.BodyLimit;
import io.byoa.web.Idempotency;
import io.byoa.web.IdempotencyKey;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
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
import org.jspecify.annotations.Nullable;

/** Uploads of datasets. */
@Path("/api/v1/datasets")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Datasets")
class DatasetUploadResource {

  private final DatasetUpload upload;
  private final DatasetPushes pushes;
  private final Idempotency idempotency;
  private final CurrentCaller caller;

  DatasetUploadResource(
      DatasetUpload upload, DatasetPushes pushes, Idempotency idempotency, CurrentCaller caller) {
    this.upload = upload;
    this.pushes = pushes;
    this.idempotency = idempotency;
    this.caller = caller;
  }

  @POST
  @Consumes(MediaType.WILDCARD)
  @RunOnVirtualThread // An upload may take hours, and must not take a thread from everybody else.
  @BodyLimit(bytes = 1L << 40, seconds = 24 * 3600) // DatasetConfig has the real limit.
  @RolesAllowed(Needs.LAUNCHER)
  @Operation(
      operationId = "uploadDataset",
      summary = "Upload a dataset, or a new version of one",
      description =
          "The body is a zip or a tar.gz, which is unpacked, or one file, whose name is in"
              + " Content-Disposition (attachment; filename=\"iris.csv\") and which is kept as it is."
              + " The same content again is the same version, and becomes the latest.")
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
      description = "A new version; the 'reference' is what a launch takes as an input.",
      content = @Content(schema = @Schema(implementation = DatasetVersionView.class)))
  @APIResponse(
      responseCode = "200",
      description = "The name had this content already.",
      content = @Content(schema = @Schema(implementation = DatasetVersionView.class)))
  public Response upload(
      @QueryParam("name")
          @Parameter(
              required = true,
              description = "Lower-case letters, digits and single dashes, up to 64.",
              example = "iris")
          @Nullable String name,
      @HeaderParam(HttpHeaders.CONTENT_TYPE) @Parameter(hidden = true) @Nullable String contentType,
      @HeaderParam(HttpHeaders.CONTENT_DISPOSITION)
          @Parameter(
              description = "The file's name, for one file.",
              example = "attachment; filename=\"iris.csv\"")
          @Nullable String disposition,
      @HeaderParam(HttpHeaders.CONTENT_LENGTH) @Parameter(hidden = true) @Nullable Long length,
      @BeanParam IdempotencyKey key,
      InputStream body)
      throws IOException {
    String checked = checkName(name);
    Caller who = caller.get();
    key.scoped(); // A key that is none is refused before gigabytes are read.
    String fileName = disposition == null ? null : AttachmentName.parse(disposition).orElse(null);
    BufferedInputStream content = new BufferedInputStream(body, 1 << 16);
    UploadShape shape = UploadShape.of(contentType, fileName, head(content));
    DatasetUpload.Stored stored = upload.store(shape, content, length == null ? -1 : length);
    Manifest manifest = stored.manifest();
    return idempotency.once(
        key,
        Sha256.of(checked + "\n" + manifest.digest()),
        () -> answer(pushes.push(who, checked, manifest), notices(shape, fileName, stored)));
  }

  private static Answer answer(DatasetPushes.Pushed pushed, List<String> notices) {
    DatasetVersionView view = DatasetVersionView.of(pushed.dataset(), notices);
    return pushed.fresh() ? Answer.created(URI.create(view.href()), view) : Answer.ok(view);
  }

  private static List<String> notices(
      UploadShape shape, @Nullable String fileName, DatasetUpload.Stored stored) {
    List<String> notices = new ArrayList<>(stored.notices());
    if (shape instanceof UploadShape.File(String chosen) && fileName == null) {
      notices.add(
          "The file came without a name and is called '%s'. To name it, send Content-Disposition: attachment; filename=\"…\"."
              .formatted(chosen));
    }
    return notices;
  }

  private static byte[] head(BufferedInputStream content) throws IOException {
    content.mark(ArchiveFormat.HEAD);
    byte[] head = content.readNBytes(ArchiveFormat.HEAD);
    content.reset();
    return head;
  }

  private static String checkName(@Nullable String name) {
    if (name != null && DatasetReference.isName(name)) {
      return name;
    }
    String detail =
        (name == null ? "The query parameter 'name' is missing: " : "The name is not ")
            + DatasetReference.NAME_RULE
            + ".";
    throw new Failure.Malformed(
            "parameters-invalid", detail, List.of(new Violation("?name", detail)))
        .raise();
  }
}
