package io.byoa.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.byoa.common.Failure;
import io.byoa.web.JsonBody;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirementsSet;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Who is signed in to the browser; a token in a header needs no session. */
@Path("/api/v1/session")
@Tag(name = "Access")
@Produces(MediaType.APPLICATION_JSON)
public class SessionResource {

  private final Sessions sessions;
  private final SignInLimit limit;
  private final CurrentCaller caller;

  SessionResource(Sessions sessions, SignInLimit limit, CurrentCaller caller) {
    this.sessions = sessions;
    this.limit = limit;
    this.caller = caller;
  }

  /**
   * Who is signed in.
   *
   * @param requester how jobs and the audit name them
   * @param algorithms the only ones they may publish or launch; absent means all
   * @param expiresAt when the session, or the token, ends by itself
   */
  @Schema(name = "Session")
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  record Session(
      String team,
      String name,
      String requester,
      Role role,
      List<String> algorithms,
      @Nullable Instant expiresAt) {

    Session {
      algorithms = List.copyOf(algorithms);
    }

    static Session of(Caller caller) {
      return new Session(
          caller.team(),
          caller.name(),
          caller.requester(),
          caller.role(),
          caller.algorithms().stream().sorted().toList(),
          caller.expiresAt());
    }
  }

  /** The body of a sign-in, for the API's description. */
  @Schema(name = "SignIn")
  record SignIn(@Schema(required = true, examples = "\"byoa_pat_…\"") String token) {}

  @POST
  @PermitAll
  @SecurityRequirementsSet
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "signIn",
      summary = "Sign in to the browser with a token",
      description =
          "Sets a cookie that no script can read, for 12 hours or as long as the token lives.")
  @APIResponse(
      responseCode = "200",
      description = "Signed in",
      content = @Content(schema = @Schema(implementation = Session.class)))
  public Response signIn(
      @RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = SignIn.class)))
          JsonBody body,
      @Context HttpServerRequest request) {
    String address = request.remoteAddress().hostAddress();
    limit.check(address);
    String text = body.read(in -> in.text("token").required().get());
    Sessions.Opened opened =
        Token.parse(text.strip())
            .filter(token -> token.kind() != Token.Kind.SES)
            .flatMap(sessions::open)
            .orElseThrow(() -> {
              limit.failed(address);
              return refusal(text).raise();
            });
    return Response.ok(Session.of(opened.caller()))
        .header("Cache-Control", "no-store")
        .cookie(
            SessionCookie.of(opened.secret(), opened.lifetime(), BrowserOrigin.isHttps(request)))
        .build();
  }

  private static Failure refusal(String text) {
    return Token.parse(text.strip()).isPresent() ? Refusals.UNKNOWN : Refusals.NOT_A_TOKEN;
  }

  @GET
  @RolesAllowed(Needs.VIEWER)
  @Operation(operationId = "whoAmI", summary = "Who is signed in, and with which role")
  @APIResponse(
      responseCode = "200",
      description = "You",
      content = @Content(schema = @Schema(implementation = Session.class)))
  public Response who() {
    return Response.ok(Session.of(caller.get())).header("Cache-Control", "no-store").build();
  }

  @DELETE
  @RolesAllowed(Needs.VIEWER)
  @Operation(operationId = "signOut", summary = "Sign out")
  @APIResponse(responseCode = "204", description = "Signed out")
  public Response signOut(@Context HttpServerRequest request) {
    var cookie = request.getCookie(SessionCookie.NAME);
    if (cookie != null) {
      Token.parse(cookie.getValue()).ifPresent(secret -> sessions.end(caller.get(), secret));
    }
    return Response.noContent().cookie(SessionCookie.none(BrowserOrigin.isHttps(request))).build();
  }
}
