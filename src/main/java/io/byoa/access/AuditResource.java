package io.byoa.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.byoa.web.Page;
import io.byoa.web.PageRequest;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Who did what. */
@Path("/api/v1/audit")
@Tag(name = "Access")
@Produces(MediaType.APPLICATION_JSON)
public class AuditResource {

  private final AuditRepository events;
  private final CurrentCaller caller;

  AuditResource(AuditRepository events, CurrentCaller caller) {
    this.events = events;
    this.caller = caller;
  }

  /**
   * One thing that somebody did.
   *
   * @param actor {@code token:<name>}, or {@code machine} for a command on the machine itself
   * @param action a noun and what was done to it, such as {@code version.published}
   * @param thing what it was done to, such as {@code iris-tree@1.4.0}
   */
  @Schema(name = "AuditEvent")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Event(
      String id,
      Instant at,
      String actor,
      @Schema(description = "Absent for the machine.") @Nullable String tokenId,
      String action,
      String thing,
      @JsonRawValue @Schema(type = SchemaType.OBJECT) String details) {

    static Event of(AuditEntity row) {
      return new Event(row.id, row.at, row.actor, row.tokenId, row.action, row.thing, row.details);
    }
  }

  @GET
  @RolesAllowed(Needs.ADMIN)
  @Operation(operationId = "listAudit", summary = "Who did what, the newest first")
  public Page<Event> list(
      @BeanParam PageRequest page,
      @Parameter(description = "Such as token:ci") @QueryParam("actor") @Nullable String actor,
      @Parameter(description = "Such as version.published") @QueryParam("action")
          @Nullable String action,
      @Parameter(description = "Such as iris-tree@1.4.0") @QueryParam("thing")
          @Nullable String thing) {
    List<Event> rows =
        QuarkusTransaction.requiringNew()
            .call(() ->
                events
                    .page(
                        caller.get().team(),
                        actor,
                        action,
                        thing,
                        page.after().orElse(null),
                        page.limit())
                    .stream()
                    .map(Event::of)
                    .toList());
    return page.page(rows, Event::id);
  }
}
