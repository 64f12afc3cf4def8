package io.byoa.web;

import io.byoa.common.Failure;
import io.byoa.common.FailureException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.persistence.OptimisticLockException;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** A thing that behaves and misbehaves on request. */
@Path("/api/v1/test")
@Produces(MediaType.APPLICATION_JSON)
public class TestThingResource {

  private static final int THINGS = 120;

  enum Colour {
    RED,
    BLUE
  }

  record Thing(String name, long size, List<String> labels) {
    static Thing from(JsonFields in) {
      var name = in.text("name").required().check(text -> !text.isBlank(), "It is blank.");
      var size = in.integer("size").between(1, 10);
      var labels = in.list("labels", JsonField::asText);
      var inner = in.object("inner", deeper -> deeper.flag("on").required().get());
      in.freeObject("anything");
      inner.optional();
      return new Thing(name.get(), size.orElse(1L), labels.orElse(List.of()));
    }
  }

  @GET
  @Path("/things")
  @Operation(hidden = true)
  public Page<Map<String, Integer>> things(
      @BeanParam PageRequest page, @QueryParam("colour") @Nullable Colour colour) {
    int after = page.after(Integer::valueOf).orElse(0);
    List<Map<String, Integer>> rows =
        IntStream.rangeClosed(after + 1, THINGS)
            .limit(page.limit())
            .mapToObj(number -> Map.of("number", number))
            .toList();
    return page.page(rows, row -> String.valueOf(row.get("number")));
  }

  @POST
  @Path("/things")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(hidden = true)
  public Thing create(JsonBody body) {
    return body.read(Thing::from);
  }

  @GET
  @Path("/things/{name}")
  @Operation(hidden = true)
  public Response read(@PathParam("name") String name, @BeanParam Preconditions preconditions) {
    return preconditions.read(ETag.ofVersion(7), () -> Map.of("name", name));
  }

  @PUT
  @Path("/things/{name}")
  @Operation(hidden = true)
  public Map<String, String> change(
      @PathParam("name") String name, @BeanParam Preconditions preconditions) {
    preconditions.requireMatch(ETag.ofVersion(7));
    return Map.of("name", name);
  }

  @GET
  @Path("/wait")
  @Operation(hidden = true)
  public Response await(@BeanParam Wait wait) {
    Response.ResponseBuilder answer = Response.ok(Map.of("millis", wait.duration().toMillis()));
    wait.met().ifPresent(met -> answer.header(Wait.MET, met));
    return answer.build();
  }

  @GET
  @Path("/failures/{kind}")
  @Operation(hidden = true)
  public String fail(@PathParam("kind") String kind) throws Exception {
    throw switch (kind) {
      case "not-found" -> new Failure.NotFound("no-such-thing", "There is no such thing.").raise();
      case "too-many" ->
          new Failure.TooMany("slow-down", "Ask less often.", Duration.ofMillis(1500)).raise();
      case "wrapped" ->
          new IllegalStateException(
              new FailureException(new Failure.Conflict("taken", "It is taken.")));
      case "unauthorized" -> new UnauthorizedException("secret reason");
      case "authentication" -> new AuthenticationFailedException("secret reason");
      case "forbidden" -> new ForbiddenException("secret reason");
      case "optimistic" -> new OptimisticLockException("row");
      case "database" -> new IllegalStateException(new SQLException("gone", "08006"));
      case "pool" -> new SQLException("Sorry, acquisition timeout!");
      default -> new IllegalStateException("secret of the house");
    };
  }
}
