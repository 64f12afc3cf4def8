package io.byoa.algorithm;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tells callers that a version is deprecated: the headers of RFC 9745 and RFC 8594. */
public final class Deprecations {

  /** RFC 9110's IMF-fixdate; Java's RFC 1123 writes days of one digit, which is none. */
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

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
      headers.put("Sunset", HTTP_DATE.format(sunset));
    }
    return headers;
  }

  /** The same for people, with the reason; empty unless the version is deprecated. */
  public static Optional<String> notice(PublishedVersion version) {
    PublishedVersion.Standing standing = version.standing();
    if (standing.status() != VersionStatus.DEPRECATED) {
      return Optional.empty();
    }
    Instant sunset = standing.sunsetAt();
    return Optional.of(
        "Version %s of '%s' is deprecated%s%s"
            .formatted(
                version.version(),
                version.algorithm(),
                because(standing.reason()),
                sunset == null ? "" : " It is meant to be disabled at " + sunset + "."));
  }

  /** The end of a sentence that a reason may explain, with one full stop. */
  public static String because(@Nullable String reason) {
    if (reason == null || reason.isBlank()) {
      return ".";
    }
    String said = reason.strip();
    return ": " + said + (said.matches("(?s).*[.!?…]") ? "" : ".");
  }
}
