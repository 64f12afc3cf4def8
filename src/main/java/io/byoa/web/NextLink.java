package io.byoa.web;

import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Adds {@code Link: …; rel="next"} to every {@link Page} that has one after it. */
final class NextLink {

  @ServerResponseFilter
  void add(ContainerResponseContext response, UriInfo uri) {
    if (response.getEntity() instanceof Page<?> page && page.next() != null) {
      // Relative, because behind a proxy this server does not know its own address for sure.
      String path = uri.getRequestUri().getRawPath();
      String query =
          uri.getRequestUriBuilder().replaceQueryParam("cursor", page.next()).build().getRawQuery();
      response.getHeaders().add(HttpHeaders.LINK, "<" + path + "?" + query + ">; rel=\"next\"");
    }
  }
}
