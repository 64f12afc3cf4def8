package io.byoa.algorithm;

import io.byoa.access.CurrentCaller;
import io.byoa.access.Needs;
import io.byoa.web.ETag;
import io.byoa.web.JsonBody;
import io.byoa.web.Page;
import io.byoa.web.PageRequest;
import io.byoa.web.Preconditions;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The names that point at versions of an algorithm. */
@Path("/api/v1/algorithms/{algorithm}/aliases")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Algorithms")
@Blocking
class AliasResource {

  private final AlgorithmReads reads;
  private final Standings standings;
  private final CurrentCaller caller;

  AliasResource(AlgorithmReads reads, Standings standings, CurrentCaller caller) {
    this.reads = reads;
    this.standings = standings;
    this.caller = caller;
  }

  @GET
  @RolesAllowed(Needs.VIEWER)
  @Operation(operationId = "listAliases", summary = "List an algorithm's aliases by name")
  public Page<AliasView> list(
      @PathParam("algorithm") String algorithm, @BeanParam PageRequest page) {
    List<AliasView> rows =
        reads.aliases(caller.get().team(), algorithm, page.after().orElse(""), page.limit());
    return page.page(rows, AliasView::alias);
  }

  @PUT
  @Path("/{alias}")
  @RolesAllowed(Needs.PUBLISHER)
  @Operation(
      operationId = "pointAlias",
      summary = "Point an alias at a version",
      description =
          "Body: {\"version\": \"1.4.0\"}, an exact version. Moving an alias that exists needs"
              + " If-Match.")
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema =
                  @Schema(
                      type = SchemaType.OBJECT,
                      requiredProperties = "version",
                      properties =
                          @SchemaProperty(
                              name = "version",
                              type = SchemaType.STRING,
                              description = "An exact version.")),
              example = "{\"version\": \"1.4.0\"}"))
  @APIResponse(
      responseCode = "200",
      description = "The alias points there now.",
      content = @Content(schema = @Schema(implementation = AliasView.class)))
  @APIResponse(
      responseCode = "201",
      description = "A new alias.",
      content = @Content(schema = @Schema(implementation = AliasView.class)))
  public Response point(
      @PathParam("algorithm") String algorithm,
      @PathParam("alias") String alias,
      @BeanParam Preconditions preconditions,
      JsonBody body) {
    String version = body.read(in -> in.text("version").required().get());
    Standings.Pointed pointed =
        standings.point(
            caller.get(),
            algorithm,
            alias,
            version,
            current ->
                current.ifPresentOrElse(
                    row -> preconditions.requireMatch(tag(row)), preconditions::requireNoMatch));
    return Response.status(pointed.created() ? 201 : 200)
        .entity(AliasView.of(pointed.alias()))
        .header(HttpHeaders.ETAG, tag(pointed.alias()).toString())
        .build();
  }

  /** Tells an alias from one of the same name that was removed before. */
  private static ETag tag(AliasEntity row) {
    return ETag.of("alias", row.version, row.revision, row.changedAt);
  }

  @GET
  @Path("/{alias}")
  @RolesAllowed(Needs.VIEWER)
  @Operation(operationId = "getAlias", summary = "Read an alias")
  @APIResponse(
      responseCode = "200",
      description = "Which version the alias names.",
      content = @Content(schema = @Schema(implementation = AliasView.class)))
  public Response alias(
      @PathParam("algorithm") String algorithm,
      @PathParam("alias") String alias,
      @BeanParam Preconditions preconditions) {
    AliasEntity row = standings.alias(caller.get().team(), algorithm, alias);
    return preconditions.read(tag(row), () -> AliasView.of(row));
  }

  @DELETE
  @Path("/{alias}")
  @RolesAllowed(Needs.PUBLISHER)
  @Operation(
      operationId = "removeAlias",
      summary = "Remove an alias",
      description = "Needs If-Match.")
  public void remove(
      @PathParam("algorithm") String algorithm,
      @PathParam("alias") String alias,
      @BeanParam Preconditions preconditions) {
    standings.remove(
        caller.get(), algorithm, alias, current -> preconditions.requireMatch(tag(current)));
  }
}
