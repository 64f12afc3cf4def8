package io.byoa.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byoa.common.Violation;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * A problem as it goes out: status, headers and JSON, for one request.
 *
 * @param headers what RFC 9110 asks for beside the status
 */
record ProblemAnswer(int status, Map<String, String> headers, String body) {

  private static final Logger LOG = Logger.getLogger(ProblemAnswer.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern URI_PATH =
      Pattern.compile("/(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2}){0,1000}");

  /**
   * The answer to what was thrown, logged once: what is the caller's doing at debug, what is ours
   * with its stack.
   */
  static ProblemAnswer to(Throwable thrown, RoutingContext context) {
    Problem problem = Problems.of(thrown);
    RequestName request = RequestName.of(context);
    log(problem, thrown, request);
    return of(problem, request);
  }

  static ProblemAnswer of(Problem problem, RoutingContext context) {
    return of(problem, RequestName.of(context));
  }

  static ProblemAnswer of(Problem problem, RequestName request) {
    ObjectNode json = JSON.createObjectNode();
    json.put("type", problem.type());
    json.put("code", problem.code());
    json.put("title", problem.title());
    json.put("status", problem.status());
    json.put("detail", problem.detail());
    String path = request.path();
    if (path != null && URI_PATH.matcher(path).matches()) {
      json.put("instance", path);
    }
    json.put("traceId", request.traceId());
    if (!problem.errors().isEmpty()) {
      ArrayNode errors = json.putArray("errors");
      for (Violation violation : problem.errors()) {
        errors.addObject().put("pointer", violation.pointer()).put("detail", violation.detail());
      }
    }
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", Problem.MEDIA_TYPE);
    headers.put("Cache-Control", "no-store");
    Duration wait = problem.retryAfter();
    if (wait != null) {
      headers.put("Retry-After", Long.toString(Math.max(1, wait.plusMillis(999).toSeconds())));
    }
    if (problem.status() == 401) {
      headers.put("WWW-Authenticate", "Bearer realm=\"byoa\"");
    }
    return new ProblemAnswer(problem.status(), headers, text(json));
  }

  private static String text(ObjectNode json) {
    try {
      return JSON.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of strings and numbers can be written", e);
    }
  }

  private static void log(Problem problem, Throwable thrown, RequestName request) {
    if (problem.status() < 500) {
      LOG.debugf(
          "%s %s: %d %s: %s (traceId %s)",
          request.method(),
          request.path(),
          problem.status(),
          problem.code(),
          problem.detail(),
          request.traceId());
    } else {
      LOG.errorf(
          thrown,
          "%s %s: %d %s (traceId %s)",
          request.method(),
          request.path(),
          problem.status(),
          problem.code(),
          request.traceId());
    }
  }
}
