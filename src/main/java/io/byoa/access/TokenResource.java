package io.byoa.access;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.byoa.web.JsonBody;
import io.byoa.web.Page;
import io.byoa.web.PageRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Tokens: given out, listed, revoked. */
@Path("/api/v1/tokens")
@Tag(name = "Access", description = "Tokens, browser sessions and the audit.")
@Produces(MediaType.APPLICATION_JSON)
public class TokenResource {

  private static final String EXAMPLE =
      """
      { "name": "ci", "role": "publisher", "kind": "ci", "algorithms": ["iris-tree"],
        "expiresIn": "90d", "description": "The pipeline of iris-tree" }\
      """;

  private final Tokens tokens;
  private final CurrentCaller caller;
  private final InstantSource time;

  TokenResource(Tokens tokens, CurrentCaller caller, InstantSource time) {
    this.tokens = tokens;
    this.caller = caller;
    this.time = time;
  }

  /** The token and, this once, its secret. */
  @Schema(name = "CreatedToken")
  record Created(
      @JsonUnwrapped IssuedToken issued,
      @Schema(description = "The secret. It is shown now and never again.") String token) {}

  /** The body of a creation, for the API's description; {@link NewToken} reads it. */
  @Schema(name = "NewToken")
  record Request(
      @Schema(required = true, examples = "\"ci\"") String name,
      @Schema(required = true) Role role,
      @Schema(
              enumeration = {"pat", "ci"},
              defaultValue = "pat")
          @Nullable String kind,
      @Schema(description = "The only algorithms it may publish or launch; absent: all.")
          @Nullable List<String> algorithms,
      @Schema(description = "Absent, like expiresIn: valid until revoked.")
          @Nullable Instant expiresAt,
      @Schema(type = SchemaType.STRING, examples = "\"90d\"") @Nullable String expiresIn,
      @Nullable String description) {}

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @RolesAllowed(Needs.ADMIN)
  @Operation(
      operationId = "createToken",
      summary = "Give out a token",
      description =
          "The answer holds the secret, this once. Not repeatable by Idempotency-Key, since nothing"
              + " that holds a secret is kept; a name is taken only once, so a repetition is a 409.")
  @APIResponse(
      responseCode = "201",
      description = "Given out",
      content = @Content(schema = @Schema(implementation = Created.class)))
  public Response create(
      @RequestBody(
              required = true,
              content =
                  @Content(
                      schema = @Schema(implementation = Request.class),
                      examples = @ExampleObject(name = "pipeline", value = EXAMPLE)))
          JsonBody body) {
    NewToken wanted = body.read(fields -> NewToken.from(fields, time.instant()));
    Tokens.Created created = tokens.create(caller.get(), wanted);
    return Response.status(Response.Status.CREATED)
        .header(HttpHeaders.LOCATION, "/api/v1/tokens/" + created.token().id())
        .header("Cache-Control", "no-store")
        .entity(new Created(created.token(), created.secret().secret()))
        .build();
  }

  @GET
  @RolesAllowed(Needs.ADMIN)
  @Operation(
      operationId = "listTokens",
      summary = "List the tokens, the newest first",
      description = "Revoked and expired ones too; never a secret.")
  public Page<IssuedToken> list(@BeanParam PageRequest page) {
    return page.page(
        tokens.page(caller.get().team(), page.after().orElse(null), page.limit()), IssuedToken::id);
  }

  @GET
  @Path("/{token}")
  @RolesAllowed(Needs.ADMIN)
  @Operation(
      operationId = "getToken",
      summary = "Read a token",
      description = "A revoked or expired one too; never its secret.")
  public IssuedToken get(@PathParam("token") String token) {
    return tokens.get(caller.get().team(), token);
  }

  @DELETE
  @Path("/{token}")
  @RolesAllowed(Needs.ADMIN)
  @Operation(
      operationId = "revokeToken",
      summary = "Revoke a token",
      description =
          "It and its browser sessions end at once here, and within seconds on other replicas."
              + " Revoking it again changes nothing.")
  @APIResponse(responseCode = "204", description = "Revoked")
  public void revoke(@PathParam("token") String token) {
    tokens.revoke(caller.get(), token);
  }
}
