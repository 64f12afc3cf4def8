package io.byoa.common;

import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * What this thread's log lines are about until it is closed: in the text format in front of the
 * message, in JSON under {@code mdc}. Threads that are started meanwhile inherit it.
 */
public final class LogContext implements AutoCloseable {

  /** The key of the job's id. */
  public static final String JOB = "job";

  private final @Nullable Object outer;

  private LogContext(String job) {
    this.outer = MDC.get(JOB);
    MDC.put(JOB, job);
  }

  /** Lines are about this job. */
  public static LogContext ofJob(String id) {
    return new LogContext(id);
  }

  /** Puts back what was there before. */
  @Override
  public void close() {
    if (outer == null) {
      MDC.remove(JOB);
    } else {
      MDC.put(JOB, outer);
    }
  }
}
