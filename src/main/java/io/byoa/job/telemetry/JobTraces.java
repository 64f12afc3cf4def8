package io.byoa.job.telemetry;

import io.byoa.engine.Fault;
import io.byoa.job.FailureView;
import io.byoa.job.Job;
import io.byoa.job.JobMoved;
import io.byoa.job.lifecycle.History;
import io.byoa.job.lifecycle.JobState;
import io.byoa.job.lifecycle.JobStatus;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The trace of a job: it begins with the request that launched it, whose {@code traceparent} is
 * kept with the job, and has a span for every step that changed something, on whatever replica, and
 * one for every phase that is over, such as {@code Training}. A look that finds nothing new leaves
 * no trace.
 *
 * <p>Spans are made after the commit, with the times at which things happened: so none tells of
 * what was rolled back, and nothing is open while a program trains for a day.
 */
@Singleton
public class JobTraces {

  private static final ScopedValue<Instant> BEGUN = ScopedValue.newInstance();
  private static final String TRACE_PARENT = "traceparent";
  private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();

  private final Tracer tracer;
  private final InstantSource time;

  JobTraces(OpenTelemetry telemetry, InstantSource time) {
    this.tracer = telemetry.getTracer("io.byoa.job");
    this.time = time;
  }

  /** Does work on a job; the move that it leads to has begun now. */
  public void step(Runnable work) {
    ScopedValue.where(BEGUN, time.instant()).run(work);
  }

  /** The span that is current, as {@code traceparent} writes it; null when there is none. */
  public @Nullable String current() {
    if (!Span.current().getSpanContext().isValid()) {
      return null;
    }
    Map<String, String> carrier = new HashMap<>();
    W3C.inject(Context.current(), carrier, (map, name, value) -> carrier.put(name, value));
    return carrier.get(TRACE_PARENT);
  }

  void moved(@Observes(during = TransactionPhase.AFTER_SUCCESS) JobMoved moved) {
    String traceParent = moved.job().traceParent();
    if (traceParent == null) {
      return;
    }
    Context launch =
        W3C.extract(Context.root(), Map.of(TRACE_PARENT, traceParent), TraceParentGetter.ONLY);
    phases(moved, launch);
    if (moved.visible()) {
      step(moved, launch);
    }
  }

  private void step(JobMoved moved, Context launch) {
    JobState after = moved.job().state();
    Instant now = time.instant();
    SpanBuilder builder =
        span(moved.job(), "job " + name(moved), launch)
            .setStartTimestamp(BEGUN.isBound() ? BEGUN.get() : now)
            .setAttribute("byoa.job.status", after.status().word())
            .setAttribute("byoa.job.secondary_status", after.secondaryStatus());
    SpanContext asking = Span.current().getSpanContext();
    if (asking.isValid()) {
      builder.addLink(asking);
    }
    Span span = builder.startSpan();
    Fault failure = after.failure();
    if (failure != null) {
      span.setAttribute("byoa.job.failure", FailureView.code(failure.code()));
    }
    if (after.status() == JobStatus.FAILED) {
      span.setStatus(StatusCode.ERROR);
    }
    span.end(now);
  }

  /** What is over since the last move: steps that ran on, and those that came and went. */
  private void phases(JobMoved moved, Context launch) {
    List<History.Step> past = moved.before().history().steps();
    List<History.Step> steps = moved.job().state().history().steps();
    for (int i = Math.max(0, past.size() - 1); i < steps.size(); i++) {
      History.Step step = steps.get(i);
      boolean told = i < past.size() && past.get(i).endedAt() != null;
      Instant end = step.endedAt();
      if (end != null && !told) {
        span(moved.job(), "phase " + step.status(), launch)
            .setStartTimestamp(step.startedAt())
            .setAttribute("byoa.job.phase", step.status())
            .startSpan()
            .end(end);
      }
    }
  }

  private SpanBuilder span(Job job, String name, Context launch) {
    return tracer
        .spanBuilder(name)
        .setParent(launch)
        .setAttribute("byoa.job.id", job.id())
        .setAttribute("byoa.job.algorithm", job.algorithm())
        .setAttribute("byoa.job.version", job.version())
        .setAttribute("byoa.job.engine", job.engine())
        .setAttribute("byoa.job.launch", job.state().launch());
  }

  private static String name(JobMoved moved) {
    return switch (moved.transition()) {
      case INTENDED -> "intended";
      case DEFERRED -> "deferred";
      case LAUNCHED -> "launched";
      case MOVED, WOUND_DOWN -> "moved";
      case RETRIED -> "retried";
      case STOP_ASKED -> "stop asked";
      case CANCELLED, SUCCEEDED, GAVE_UP, HALTED, TIMED_OUT -> "ended";
    };
  }

  private enum TraceParentGetter implements TextMapGetter<Map<String, String>> {
    ONLY;

    @Override
    public Iterable<String> keys(Map<String, String> carrier) {
      return carrier.keySet();
    }

    @Override
    public @Nullable String get(@Nullable Map<String, String> carrier, String key) {
      return carrier == null ? null : carrier.get(key);
    }
  }
}
