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
      response.getHeaders().add(HttpHeaders.LINK, to(page.next(), uri));
    }
  }

  /** Relative, because behind a proxy this server does not know its own address for sure. */
  static String to(String cursor, UriInfo uri) {
    String path = uri.getRequestUri().getRawPath();
    String query =
        uri.getRequestUriBuilder().replaceQueryParam("cursor", cursor).build().getRawQuery();
    return "<" + path + "?" + query + ">; rel=\"next\"";
  }
}
