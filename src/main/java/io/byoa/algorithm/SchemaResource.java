package io.byoa.algorithm;

import io.byoa.common.Sha256;
import io.byoa.web.ETag;
import io.byoa.web.Preconditions;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirementsSet;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The JSON Schema of descriptors, public, so that editors complete and check them. */
@Path("/schemas/algorithm/v1.json")
@Tag(name = "Algorithms")
@Blocking
class SchemaResource {

  private static final String FILE = "/schema/algorithm.schema.json";

  private final String schema;

  SchemaResource() {
    try (InputStream in =
        Objects.requireNonNull(SchemaResource.class.getResourceAsStream(FILE), FILE)) {
      schema = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @GET
  @Produces("application/schema+json")
  @PermitAll
  @SecurityRequirementsSet
  @Operation(
      operationId = "getDescriptorSchema",
      summary = "Read the JSON Schema of algorithm.json")
  @APIResponse(
      responseCode = "200",
      description = "A JSON Schema.",
      content =
          @Content(
              mediaType = "application/schema+json",
              schema = @Schema(type = SchemaType.OBJECT)))
  public Response schema(@BeanParam Preconditions preconditions) {
    return preconditions.read(ETag.of(Sha256.of(schema)), () -> schema);
  }
}
