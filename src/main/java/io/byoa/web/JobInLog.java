package io.byoa.web;

import io.byoa.common.LogContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Puts the job that a request is about into the request's log lines; they end with the request. */
final class JobInLog {

  private static final Pattern ID = Pattern.compile("[0-9A-Z]{26}");

  @ServerRequestFilter
  void before(UriInfo uri) {
    String job = uri.getPathParameters().getFirst("job");
    if (job != null && ID.matcher(job).matches()) {
      MDC.put(LogContext.JOB, job);
    }
  }
}
