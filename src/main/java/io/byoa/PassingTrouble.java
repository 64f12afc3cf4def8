package io.byoa;

import io.byoa.common.FailureException;
import io.quarkus.logging.LoggingFilter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * Keeps two things out of the log that the framework takes for trouble: a client that left a
 * stream, which is how streams end; and a collector of traces that is away, which is told now and
 * then and without a stack, since nothing depends on it.
 */
@LoggingFilter(name = "passing-trouble")
public final class PassingTrouble implements Filter {

  private static final Duration AGAIN = Duration.ofMinutes(10);
  private static final String STREAMS =
      "org.jboss.resteasy.reactive.server.handlers.PublisherResponseHandler";
  private static final String EXPORTER = "io.quarkus.opentelemetry.runtime.exporter.";
  private static final String TELEMETRY = "io.opentelemetry.";

  private final AtomicReference<Instant> said = new AtomicReference<>(Instant.EPOCH);

  @Override
  public boolean isLoggable(LogRecord record) {
    String logger = record.getLoggerName();
    if (logger == null) {
      return true;
    }
    if (logger.equals(STREAMS)) {
      Throwable thrown = record.getThrown();
      return !(thrown instanceof IOException || isGone(thrown) || isStopping(thrown));
    }
    if (!logger.startsWith(EXPORTER) && !logger.startsWith(TELEMETRY)) {
      return true;
    }
    record.setThrown(null);
    Instant now = record.getInstant();
    Instant last = said.get();
    return Duration.between(last, now).compareTo(AGAIN) >= 0 && said.compareAndSet(last, now);
  }

  /** Netty's complaint, over HTTP/2, about an event for a client that has just left. */
  private static boolean isGone(@Nullable Throwable thrown) {
    return thrown instanceof IllegalArgumentException e
        && String.valueOf(e.getMessage()).startsWith("Stream no longer exists");
  }

  /** A stream that was broken off on purpose. */
  private static boolean isStopping(@Nullable Throwable thrown) {
    return thrown instanceof FailureException e && e.failure().code().equals("server-stopping");
  }
}
