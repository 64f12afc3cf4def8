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
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The catalogue: algorithms, versions, status and aliases. */
@Path("/api/v1/algorithms")
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
  @Operation(summary = "List algorithms by name")
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
  @Operation(summary = "Read an algorithm")
  public AlgorithmView algorithm(@PathParam("algorithm") String algorithm) {
    return reads.algorithm(caller.get().team(), algorithm);
  }

  @GET
  @Path("/{algorithm}/versions")
  @RolesAllowed(Needs.VIEWER)
  @Operation(summary = "List an algorithm's versions, the highest first")
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
      summary = "Read a version",
      description =
          "The version may be exact (1.4.0), a range (1 or 1.4), 'latest' or an alias; the answer"
              + " says which one it is.")
  public Response version(
      @PathParam("algorithm") String algorithm,
      @PathParam("version") String selector,
      @BeanParam Preconditions preconditions) {
    return answer(reads.version(caller.get().team(), algorithm, selector), preconditions);
  }

  private Response answer(VersionEntity row, Preconditions preconditions) {
    VersionView view = reads.view(row);
    Response answer = preconditions.read(tag(row), () -> view);
    return Response.fromResponse(answer)
        .header(HttpHeaders.CONTENT_LOCATION, view.links().self())
        .build();
  }

  private static ETag tag(VersionEntity row) {
    return ETag.ofVersion(row.revision);
  }

  @PATCH
  @Path("/{algorithm}/versions/{version}")
  @RolesAllowed(Needs.PUBLISHER)
  @Operation(
      summary = "Deprecate, disable or enable a version",
      description =
          "Fields: status (available, deprecated, disabled), reason, sunsetAt. A disabled version"
              + " cannot be launched; jobs that run go on. Needs If-Match.")
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
            current -> preconditions.requireMatch(ETag.ofVersion(current)),
            Standings.Change.from(body));
    return Response.ok(reads.view(row)).header(HttpHeaders.ETAG, tag(row).toString()).build();
  }

  @PUT
  @Path("/{algorithm}/aliases/{alias}")
  @RolesAllowed(Needs.PUBLISHER)
  @Operation(
      summary = "Point an alias at a version",
      description =
          "Body: {\"version\": \"1.4.0\"}, an exact version. Moving an alias that exists needs"
              + " If-Match.")
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
            current -> preconditions.requireMatch(ETag.ofVersion(current)));
    return Response.status(pointed.created() ? 201 : 200)
        .entity(AliasView.of(pointed.alias()))
        .header(HttpHeaders.ETAG, ETag.ofVersion(pointed.alias().revision).toString())
        .build();
  }

  @GET
  @Path("/{algorithm}/aliases/{alias}")
  @RolesAllowed(Needs.VIEWER)
  @Operation(summary = "Read an alias")
  public Response alias(
      @PathParam("algorithm") String algorithm,
      @PathParam("alias") String alias,
      @BeanParam Preconditions preconditions) {
    AliasEntity row = standings.alias(caller.get().team(), algorithm, alias);
    return preconditions.read(ETag.ofVersion(row.revision), () -> AliasView.of(row));
  }

  @DELETE
  @Path("/{algorithm}/aliases/{alias}")
  @RolesAllowed(Needs.PUBLISHER)
  @Operation(summary = "Remove an alias", description = "Needs If-Match.")
  public void remove(
      @PathParam("algorithm") String algorithm,
      @PathParam("alias") String alias,
      @BeanParam Preconditions preconditions) {
    standings.remove(
        caller.get(),
        algorithm,
        alias,
        current -> preconditions.requireMatch(ETag.ofVersion(current)));
  }
}
