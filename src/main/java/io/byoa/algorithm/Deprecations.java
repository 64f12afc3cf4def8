package io.byoa.algorithm;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.TreeMap;

/** Tells callers that a version is deprecated: the headers of RFC 9745 and RFC 8594. */
public final class Deprecations {

  private Deprecations() {}

  /** {@code Deprecation} and perhaps {@code Sunset}; none unless the version is deprecated. */
  public static Map<String, String> headers(PublishedVersion.Standing standing) {
    if (standing.status() != VersionStatus.DEPRECATED) {
      return Map.of();
    }
    Map<String, String> headers = new TreeMap<>();
    headers.put("Deprecation", "@" + standing.since().getEpochSecond());
    Instant sunset = standing.sunsetAt();
    if (sunset != null) {
      headers.put(
          "Sunset", DateTimeFormatter.RFC_1123_DATE_TIME.format(sunset.atOffset(ZoneOffset.UTC)));
    }
    return headers;
  }
}
