package io.byoa.template;

import io.byoa.access.Needs;
import io.byoa.bundle.ArchiveFormat;
import io.byoa.common.Failure;
import io.byoa.common.Nearest;
import io.byoa.common.Sha256;
import io.byoa.common.Violation;
import io.byoa.web.Download;
import io.byoa.web.DownloadRequest;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Projects to start from. */
@Path("/api/v1/templates")
@Tag(name = "Templates")
@Blocking
class TemplateResource {

  private static final String ZIP = "application/zip";
  private static final String GZIP = "application/gzip";

  /** Packed once; an archive is a few kilobytes. */
  private final Map<Key, byte[]> packed = new ConcurrentHashMap<>();

  private record Key(Template template, ArchiveFormat format) {}

  @Schema(name = "Templates")
  record TemplatesView(List<TemplateView> items) {}

  @Schema(name = "Template")
  record TemplateView(String language, String description, List<String> files, String href) {
    private static TemplateView of(Template template) {
      return new TemplateView(
          template.language(),
          template.description(),
          template.index().stream().map(Template.Line::path).sorted().toList(),
          "/api/v1/templates/" + template.language());
    }
  }

  @GET
  @RolesAllowed(Needs.VIEWER)
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(operationId = "listTemplates", summary = "List the projects to start from")
  public TemplatesView list() {
    return new TemplatesView(Arrays.stream(Template.values()).map(TemplateView::of).toList());
  }

  @GET
  @Path("/{language}")
  @RolesAllowed(Needs.VIEWER)
  @Produces(MediaType.WILDCARD)
  @Operation(
      operationId = "downloadTemplate",
      summary = "Download a project that publishes and trains as it is",
      description =
          "Descriptor, program, dependencies, CI files and README, without a folder around them. A"
              + " zip, unless 'format' or Accept: application/gzip asks for a tar.gz.")
  @APIResponse(
      responseCode = "200",
      description = "The project.",
      content = {
        @Content(mediaType = ZIP, schema = @Schema(type = SchemaType.STRING, format = "binary")),
        @Content(mediaType = GZIP, schema = @Schema(type = SchemaType.STRING, format = "binary"))
      })
  public Response template(
      @PathParam("language") @Parameter(example = "python") String language,
      @QueryParam("format") @Parameter(description = "zip or tar.gz.") @Nullable String format,
      @HeaderParam(HttpHeaders.ACCEPT) @Parameter(hidden = true) @Nullable String accept,
      @BeanParam DownloadRequest request) {
    Template template = find(language);
    ArchiveFormat chosen = format == null ? byAccept(accept) : byName(format);
    byte[] bytes =
        packed.computeIfAbsent(
            new Key(template, chosen), key -> TemplateArchive.pack(template.files(), chosen));
    String extension =
        switch (chosen) {
          case ZIP -> ".zip";
          case TAR_GZ -> ".tar.gz";
        };
    Response answer =
        new Download(
                "byoa-" + template.language() + extension,
                bytes.length,
                Sha256.of(bytes),
                () -> new ByteArrayInputStream(bytes),
                null)
            .answer(request);
    // The next release has another template at the same address.
    return Response.fromResponse(answer)
        .header(HttpHeaders.CACHE_CONTROL, null)
        .header(HttpHeaders.CACHE_CONTROL, "no-cache")
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .build();
  }

  private static Template find(String language) {
    return Arrays.stream(Template.values())
        .filter(template -> template.language().equals(language))
        .findFirst()
        .orElseThrow(() -> {
          List<String> known = Arrays.stream(Template.values()).map(Template::language).toList();
          String hint = Nearest.endOfSentence(language, known);
          return new Failure.NotFound(
                  "template-not-found",
                  "There is no template for '%s'%s The templates are: %s."
                      .formatted(language, hint, String.join(", ", known)))
              .raise();
        });
  }

  private static ArchiveFormat byName(String format) {
    return switch (format) {
      case "zip" -> ArchiveFormat.ZIP;
      case "tar.gz" -> ArchiveFormat.TAR_GZ;
      default -> {
        String detail = "format is '%s'; it must be zip or tar.gz.".formatted(format);
        throw new Failure.Malformed(
                "parameters-invalid", detail, List.of(new Violation("?format", detail)))
            .raise();
      }
    };
  }

  private static ArchiveFormat byAccept(@Nullable String accept) {
    String wanted = accept == null ? "" : accept.toLowerCase(Locale.ROOT);
    boolean gzip = wanted.contains(GZIP) || wanted.contains("application/x-gzip");
    return gzip && !wanted.contains(ZIP) ? ArchiveFormat.TAR_GZ : ArchiveFormat.ZIP;
  }
}
