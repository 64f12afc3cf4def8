package io.byoa.web;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.quarkus.micrometer.runtime.HttpServerMetricsTagsContributor;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.spi.observability.HttpResponse;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is measured about requests besides what the framework measures. Requests that are slow on
 * purpose, because they wait for a job or stream, are told apart by the label {@code kind}, so that
 * they do not hide how fast the others are.
 */
@Singleton
final class HttpMetrics implements HttpServerMetricsTagsContributor {

  private static final Tags ANSWER = Tags.of("kind", "answer");
  private static final Tags WAIT = Tags.of("kind", "wait");
  private static final Tags STREAM = Tags.of("kind", "stream");

  private static final Pattern FOLLOWS = Pattern.compile("(?:^|&)follow=true(?:&|$)");
  private static final Pattern WAITS = Pattern.compile("(?:^|&)wait=");
  private static final String REQUESTS = "http.server.requests";
  private static final double[] BUCKETS =
      Arrays.stream(new long[] {5, 15, 50, 100, 250, 500, 1_000, 5_000})
          .mapToDouble(millis -> Duration.ofMillis(millis).toNanos())
          .toArray();

  @Override
  public Tags contribute(Context context) {
    HttpServerRequest request = context.request();
    if (request == null) {
      return ANSWER;
    }
    String query = request.query() == null ? "" : request.query();
    if (FOLLOWS.matcher(query).find() || isEventStream(context.response())) {
      return STREAM;
    }
    String prefer = request.getHeader("Prefer");
    return WAITS.matcher(query).find() || (prefer != null && prefer.contains("wait"))
        ? WAIT
        : ANSWER;
  }

  /** The answer says it better than the request; there is none when the client has gone. */
  private static boolean isEventStream(@Nullable HttpResponse response) {
    String type = response == null ? null : response.headers().get(HttpHeaders.CONTENT_TYPE);
    return type != null && type.startsWith("text/event-stream");
  }

  /** A few buckets, which quantiles over all replicas can be made from. */
  @Produces
  @Singleton
  MeterFilter buckets() {
    return new Buckets();
  }

  private static final class Buckets implements MeterFilter {

    /** The framework asks nobody about requests that broke off, and all need the same labels. */
    @Override
    public Meter.Id map(Meter.Id id) {
      return id.getName().equals(REQUESTS) && id.getTag("kind") == null
          ? id.withTag(Tag.of("kind", "broken"))
          : id;
    }

    @Override
    public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
      return id.getName().equals(REQUESTS) && "answer".equals(id.getTag("kind"))
          ? DistributionStatisticConfig.builder()
              .serviceLevelObjectives(BUCKETS)
              .build()
              .merge(config)
          : config;
    }
  }
}
