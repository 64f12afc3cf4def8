package io.byoa.web;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A successful answer that can be kept and given again.
 *
 * @param status 200–299; whatever fails is thrown instead
 * @param headers such as {@code Location}; {@code Content-Type} is JSON
 * @param body what is written as JSON
 */
public record Answer(int status, Map<String, String> headers, Object body) {

  public Answer {
    if (status < 200 || status > 299) {
      throw new IllegalArgumentException("Not a successful status: " + status);
    }
    headers = Map.copyOf(headers);
  }

  public static Answer ok(Object body) {
    return new Answer(200, Map.of(), body);
  }

  public static Answer created(URI location, Object body) {
    return new Answer(201, Map.of("Location", location.toString()), body);
  }

  /** 202, with where to look and when to look first. */
  public static Answer accepted(URI location, Duration retryAfter, Object body) {
    return new Answer(202, Map.of("Location", location.toString()), body)
        .with("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds())));
  }

  /** The same with one more header. */
  public Answer with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Answer(status, more, body);
  }
}
