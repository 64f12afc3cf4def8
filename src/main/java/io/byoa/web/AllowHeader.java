package io.byoa.web;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.SortedSet;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Makes the answer to OPTIONS name all methods of an address, whichever class they are in. */
final class AllowHeader {

  @ServerResponseFilter
  void complete(ContainerRequestContext request, ContainerResponseContext response) {
    if (!request.getMethod().equals(HttpMethod.OPTIONS) || response.getStatus() >= 300) {
      return;
    }
    SortedSet<String> methods = AllowedMethods.ofCurrentRequest();
    methods.add(HttpMethod.OPTIONS);
    response.getHeaders().putSingle(HttpHeaders.ALLOW, String.join(", ", methods));
  }
}
