package io.byoa.access;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which page a request comes from, as the browser tells. */
final class BrowserOrigin {

  private static final String ORIGIN = "Origin";
  private static final String FETCH_SITE = "Sec-Fetch-Site";
  private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD);
  private static final String HTTP = "http://";
  private static final String HTTPS = "https://";

  private BrowserOrigin() {}

  /** Whether a page of another host or port makes the browser send this. */
  static boolean isForeign(HttpServerRequest request) {
    if (request.headers().contains(ORIGIN)) {
      return !isOwn(request);
    }
    String site = request.getHeader(FETCH_SITE);
    // 'none': somebody typed the address. Following a link to us from elsewhere is safe, and fine.
    return !SAFE.contains(request.method())
        && site != null
        && !site.equals("same-origin")
        && !site.equals("none");
  }

  /** Whether a request that a cookie signs in may do what its method says. */
  static boolean mayChange(HttpServerRequest request) {
    return SAFE.contains(request.method())
        || "same-origin".equals(request.getHeader(FETCH_SITE))
        || isOwn(request);
  }

  /** Whether the browser reaches this server by https, be it through a proxy that ends TLS. */
  static boolean isHttps(HttpServerRequest request) {
    String origin = request.getHeader(ORIGIN);
    return "https".equals(request.scheme()) || (origin != null && origin.startsWith(HTTPS));
  }

  private static boolean isOwn(HttpServerRequest request) {
    List<String> origins = request.headers().getAll(ORIGIN);
    Optional<Authority> host = HostPolicy.asked(request);
    return origins.size() == 1 && host.isPresent() && isOwn(origins.getFirst(), host.get());
  }

  /**
   * Whether the origin is the host and port that the request was sent to. A {@code Host} without a
   * port may be either scheme's: behind a proxy that ends TLS, the browser says https and this
   * server cannot know.
   */
  static boolean isOwn(String origin, Authority host) {
    boolean https = origin.startsWith(HTTPS);
    if (!https && !origin.startsWith(HTTP)) {
      return false;
    }
    Authority from =
        Authority.parse(origin.substring((https ? HTTPS : HTTP).length())).orElse(null);
    if (from == null || !from.host().equals(host.host())) {
      return false;
    }
    int port = from.port() >= 0 ? from.port() : https ? 443 : 80;
    return host.port() < 0 ? port == 80 || port == 443 : port == host.port();
  }
}
