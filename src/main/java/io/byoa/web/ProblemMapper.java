package io.byoa.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.byoa.common.FailureException;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Answers whatever a resource throws, and whatever is thrown on the way to it, as a problem. */
final class ProblemMapper {

  // The specific types are named because the framework has mappers of its own for them, and the
  // more specific mapper wins over the one for Throwable.
  @ServerExceptionMapper({
    FailureException.class,
    NotFoundException.class,
    WebApplicationException.class,
    UnauthorizedException.class,
    ForbiddenException.class,
    AuthenticationFailedException.class,
    AuthenticationCompletionException.class,
    MismatchedInputException.class,
    JsonProcessingException.class,
    Throwable.class
  })
  Response map(Throwable thrown, RoutingContext context) {
    ProblemAnswer answer = ProblemAnswer.to(explained(thrown), context);
    Response.ResponseBuilder response = Response.status(answer.status()).entity(answer.body());
    answer.headers().forEach(response::header);
    if (answer.status() == Response.Status.METHOD_NOT_ALLOWED.getStatusCode()) {
      response.header(HttpHeaders.ALLOW, String.join(", ", AllowedMethods.ofCurrentRequest()));
    }
    if (thrown instanceof WebApplicationException e) {
      String range = e.getResponse().getHeaderString("Content-Range");
      if (range != null) {
        response.header("Content-Range", range);
      }
    }
    return response.build();
  }

  private static Throwable explained(Throwable thrown) {
    return switch (thrown) {
      case ForbiddenException _ -> NeededRole.ofCurrentRequest(thrown);
      case NotSupportedException _ ->
          ConsumedTypes.refusalOfCurrentRequest()
              .<Throwable>map(FailureException::new)
              .orElse(thrown);
      // The parser of forms throws it without a word.
      case WebApplicationException e when FormParts.isTooLarge(e) ->
          new FailureException(FormParts.tooLarge());
      // Where several resource classes share an address, the framework says that there is nothing.
      // Without that as its cause, which would be what is answered. The header comes later.
      case NotFoundException _ when AllowedMethods.lackOnlyThatOfCurrentRequest() ->
          new NotAllowedException(HttpMethod.GET);
      default -> thrown;
    };
  }
}
