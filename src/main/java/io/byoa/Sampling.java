package io.byoa;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Which traces are kept. A trace begins with a request, never with a statement that a loop sends to
 * the database: those would be a trace each, every second, about nothing.
 */
final class Sampling {

  @Produces
  @Singleton
  Sampler sampler(@ConfigProperty(name = "quarkus.otel.traces.sampler.arg") double ratio) {
    return Sampler.parentBased(new RequestsAlone(Sampler.traceIdRatioBased(ratio)));
  }

  private record RequestsAlone(Sampler requests) implements Sampler {

    @Override
    public SamplingResult shouldSample(
        Context parent,
        String traceId,
        String name,
        SpanKind kind,
        Attributes attributes,
        List<LinkData> links) {
      return kind == SpanKind.SERVER
          ? requests.shouldSample(parent, traceId, name, kind, attributes, links)
          : SamplingResult.drop();
    }

    @Override
    public String getDescription() {
      return "RequestsAlone{" + requests.getDescription() + "}";
    }
  }
}
