package io.byoa.access;

import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Set;

/**
 * The routes of the public port that need no token, all of them: signing in, what describes the
 * API, the JSON Schemas, and the files of the UI, which are all that lies outside {@code /api} and
 * {@code /q}.
 */
final class PublicRoutes {

  private static final String SIGN_IN = "/api/v1/session";
  private static final Set<String> DOCUMENTS =
      Set.of("/api/openapi", "/api/openapi.json", "/api/openapi.yaml", "/api/docs");
  private static final String SWAGGER_UI = "/api/docs/";
  private static final List<String> RESERVED = List.of("/api", "/q");

  private PublicRoutes() {}

  /**
   * Whether anybody may send this.
   *
   * @param path as the router matches it
   */
  static boolean contains(HttpMethod method, String path) {
    if (method.equals(HttpMethod.POST)) {
      return path.equals(SIGN_IN);
    }
    if (!method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD)) {
      return false;
    }
    return DOCUMENTS.contains(path) || path.startsWith(SWAGGER_UI) || !isReserved(path);
  }

  private static boolean isReserved(String path) {
    return RESERVED.stream().anyMatch(root -> path.equals(root) || path.startsWith(root + "/"));
  }
}
