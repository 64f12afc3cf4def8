package io.byoa.web;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * The id that joins a request's answer, its log lines and its trace: 32 lower-case hexadecimal
 * digits.
 *
 * <p>It is OpenTelemetry's trace id when tracing is on, otherwise that of the caller's {@code
 * traceparent} (W3C Trace Context), otherwise a random one. It is answered in {@value #HEADER} and
 * stands in the log context as {@value #MDC_KEY}.
 */
final class TraceId {

  static final String HEADER = "X-Trace-Id";
  static final String MDC_KEY = "traceId";
  static final String TRACEPARENT = "traceparent";

  private static final String ATTRIBUTE = TraceId.class.getName();
  private static final Pattern W3C =
      Pattern.compile("[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}.*");

  private TraceId() {}

  /** Gives the request its id, once; called before anything else looks at the request. */
  static String assign(RoutingContext context) {
    String known = context.get(ATTRIBUTE);
    if (known != null) {
      return known;
    }
    String id = choose(context.request());
    context.put(ATTRIBUTE, id);
    MDC.put(MDC_KEY, id);
    return id;
  }

  private static String choose(HttpServerRequest request) {
    SpanContext span = Span.current().getSpanContext();
    if (span.isValid()) {
      return span.getTraceId();
    }
    return choose(request.getHeader(TRACEPARENT));
  }

  /** Where there is no trace: the caller's, or else a random one. */
  static String choose(@Nullable String traceparent) {
    String fromCaller = parse(traceparent);
    return fromCaller != null ? fromCaller : random();
  }

  static @Nullable String parse(@Nullable String traceparent) {
    if (traceparent == null || traceparent.length() > 256) {
      return null;
    }
    var matcher = W3C.matcher(traceparent);
    return matcher.matches() ? matcher.group(1) : null;
  }

  // Unguessable is not asked of it, only distinct: so no SecureRandom, which is slow.
  private static String random() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong() | 1);
  }
}
