package io.byoa.access;

import io.vertx.ext.web.Router;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** One door for each role, and two that somebody forgot to lock. */
@Path("/api/v1/test/doors")
public class TestDoorsResource {

  private final CurrentCaller caller;
  private final Audit audit;

  TestDoorsResource(CurrentCaller caller, Audit audit) {
    this.caller = caller;
    this.audit = audit;
  }

  void forgetAnother(@Observes Router router) {
    router.get("/api/v1/test/naked").handler(context -> context.end("naked"));
  }

  @GET
  @Path("/forgotten")
  @Operation(hidden = true)
  public String forgotten() {
    return "forgotten";
  }

  @GET
  @Path("/viewer")
  @RolesAllowed(Needs.VIEWER)
  @Operation(hidden = true)
  public String viewer() {
    return caller.get().requester();
  }

  @GET
  @Path("/launcher")
  @RolesAllowed(Needs.LAUNCHER)
  @Operation(hidden = true)
  public String launcher() {
    return caller.get().requester();
  }

  @GET
  @Path("/publisher")
  @RolesAllowed(Needs.PUBLISHER)
  @Operation(hidden = true)
  public String publisher() {
    return caller.get().requester();
  }

  @GET
  @Path("/admin")
  @RolesAllowed(Needs.ADMIN)
  @Operation(hidden = true)
  public String admin() {
    return caller.get().requester();
  }

  @POST
  @Path("/algorithms/{algorithm}")
  @RolesAllowed(Needs.LAUNCHER)
  @Transactional
  @Operation(hidden = true)
  public String algorithm(@PathParam("algorithm") String algorithm) {
    audit.record(caller.get(), "test.knocked", algorithm, Map.of("times", 1));
    if (algorithm.equals("rolled-back")) {
      throw new IllegalStateException("the effect failed");
    }
    return algorithm;
  }
}
