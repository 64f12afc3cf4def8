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
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The catalogue: algorithms, versions and their status. */
@Path("/api/v1/algorithms")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Algorithms")
@Blocking
class AlgorithmResource {

  private final AlgorithmReads reads;
  private final Standings standings;
  private final CurrentCaller caller;

  AlgorithmResource(AlgorithmReads reads, Standings standings, CurrentCaller caller) {
    this.reads = reads;
    this.standings = standings;
    this.caller = caller;
  }

  /** The route of an algorithm. */
  static String path(String algorithm) {
    return "/api/v1/algorithms/" + algorithm;
  }

  @GET
  @RolesAllowed(Needs.VIEWER)
  @Operation(operationId = "listAlgorithms", summary = "List algorithms by name")
  public Page<AlgorithmView> list(
      @BeanParam PageRequest page,
      @QueryParam("search")
          @Parameter(description = "Only those with this text in name or description.")
          @Nullable String search,
      @QueryParam("status")
          @Parameter(description = "Only those that have a version of this status.")
          @Nullable String status) {
    List<AlgorithmView> rows =
        reads.list(
            caller.get().team(),
            search,
            status == null ? null : Standings.status("?status", status).word(),
            page.after().orElse(""),
            page.limit());
    return page.page(rows, AlgorithmView::name);
  }

  @GET
  @Path("/{algorithm}")
  @RolesAllowed(Needs.VIEWER)
  @Operation(operationId = "getAlgorithm", summary = "Read an algorithm")
  @APIResponse(
      responseCode = "200",
      description = "The algorithm; ETag changes when a version or an alias does.",
      content = @Content(schema = @Schema(implementation = AlgorithmView.class)))
  public Response algorithm(
      @PathParam("algorithm") String algorithm, @BeanParam Preconditions preconditions) {
    AlgorithmView view = reads.algorithm(caller.get().team(), algorithm);
    return preconditions.read(ETag.of("algorithm", view), () -> view);
  }

  @GET
  @Path("/{algorithm}/versions")
  @RolesAllowed(Needs.VIEWER)
  @Operation(
      operationId = "listVersions",
      summary = "List an algorithm's versions, the highest first")
  public Page<VersionView> versions(
      @PathParam("algorithm") String algorithm, @BeanParam PageRequest page) {
    List<VersionEntity> rows =
        reads.versions(caller.get().team(), algorithm, page.after(), page.limit());
    Page<VersionEntity> some = page.page(rows, row -> row.sortKey);
    return new Page<>(some.items().stream().map(reads::view).toList(), some.next());
  }

  @GET
  @Path("/{algorithm}/versions/{version}")
  @RolesAllowed(Needs.VIEWER)
  @Operation(
      operationId = "getVersion",
      summary = "Read a version",
      description =
          "The version may be exact (1.4.0), a range (1 or 1.4), 'latest' or an alias; the answer"
              + " says which one it is.")
  @APIResponse(
      responseCode = "200",
      description = "The version; ETag is of its status.",
      content = @Content(schema = @Schema(implementation = VersionView.class)))
  public Response version(
      @BeanParam VersionAddress address, @BeanParam Preconditions preconditions) {
    VersionEntity row = reads.version(caller.get().team(), address.algorithm(), address.selector());
    return VersionAnswer.about(row, "", preconditions.read(tag(row), () -> reads.view(row)));
  }

  private static ETag tag(VersionEntity row) {
    return VersionAnswer.tag(row.key.version(), row.revision);
  }

  @PATCH
  @Path("/{algorithm}/versions/{version}")
  @RolesAllowed(Needs.PUBLISHER)
  @Operation(
      operationId = "changeVersion",
      summary = "Deprecate, disable or enable a version",
      description =
          "Fields: status (available, deprecated, disabled), reason, sunsetAt. A disabled version"
              + " cannot be launched; jobs that run go on. Needs If-Match.")
  @RequestBody(
      content =
          @Content(
              mediaType = MediaType.APPLICATION_JSON,
              schema =
                  @Schema(
                      type = SchemaType.OBJECT,
                      requiredProperties = "status",
                      properties = {
                        @SchemaProperty(
                            name = "status",
                            type = SchemaType.STRING,
                            description = "available, deprecated or disabled."),
                        @SchemaProperty(
                            name = "reason",
                            type = SchemaType.STRING,
                            description = "What callers are told; needed to disable."),
                        @SchemaProperty(
                            name = "sunsetAt",
                            type = SchemaType.STRING,
                            format = "date-time",
                            description = "When a deprecated version is meant to be disabled.")
                      }),
              example = "{\"status\": \"deprecated\", \"reason\": \"Use 2.0.0.\"}"))
  @APIResponse(
      responseCode = "200",
      description = "The version as it stands now.",
      content = @Content(schema = @Schema(implementation = VersionView.class)))
  public Response change(
      @PathParam("algorithm") String algorithm,
      @PathParam("version") String version,
      @BeanParam Preconditions preconditions,
      JsonBody body) {
    VersionEntity row =
        standings.change(
            caller.get(),
            algorithm,
            version,
            current -> preconditions.requireMatch(VersionAnswer.tag(version, current)),
            Standings.Change.from(body));
    return VersionAnswer.about(
        row,
        "",
        Response.ok(reads.view(row)).header(HttpHeaders.ETAG, tag(row).toString()).build());
  }

  /**
   * Which version a route reads; a {@code @BeanParam}.
   *
   * @param selector a version, a range, {@code latest} or an alias
   */
  record VersionAddress(
      @PathParam("algorithm") String algorithm,
      @PathParam("version")
          @Parameter(
              description =
                  "Exact (1.4.0), a range (1 or 1.4), 'latest' or an alias; Content-Location says"
                      + " which version it was.")
          String selector) {}

  /** What every answer about a version says in its headers, whatever selected the version. */
  static final class VersionAnswer {

    private VersionAnswer() {}

    /**
     * The answer with the exact address of what it holds, and with a warning when the version is
     * deprecated.
     *
     * @param part what of the version, such as {@code /schema}; empty for the version itself
     */
    static Response about(VersionEntity row, String part, Response answer) {
      Response.ResponseBuilder told =
          Response.fromResponse(answer).header(HttpHeaders.CONTENT_LOCATION, path(row) + part);
      Deprecations.headers(VersionRows.standing(row)).forEach(told::header);
      return told.build();
    }

    /** The route of the exact version. */
    static String path(VersionEntity row) {
      return AlgorithmResource.path(row.key.algorithm()) + "/versions/" + row.key.version();
    }

    /**
     * The tag of a version's standing. It names the version too, since the same address, such as
     * {@code latest}, means another version tomorrow.
     */
    static ETag tag(String version, long revision) {
      return ETag.of("version", version, revision);
    }
  }
}
