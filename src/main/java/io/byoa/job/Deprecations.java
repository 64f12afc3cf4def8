package io.byoa.job;

import io.byoa.algorithm.PublishedVersion;
import io.byoa.web.Answer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Tells callers that a version is deprecated: RFC 9745 and RFC 8594. */
final class Deprecations {

  private Deprecations() {}

  static Answer on(Answer answer, PublishedVersion.Standing standing) {
    Answer told = answer.with("Deprecation", "@" + standing.since().getEpochSecond());
    Instant sunset = standing.sunsetAt();
    return sunset == null
        ? told
        : told.with(
            "Sunset", DateTimeFormatter.RFC_1123_DATE_TIME.format(sunset.atOffset(ZoneOffset.UTC)));
  }
}
