package io.byoa.job;

import io.byoa.algorithm.descriptor.SemVer;
import io.byoa.common.Failure;
import io.byoa.common.FailureException;
import io.byoa.common.Nearest;
import io.byoa.common.Violation;
import io.byoa.job.lifecycle.JobStatus;
import io.byoa.web.Rfc3339;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs a list shows; all conditions must hold.
 *
 * @param statuses one of these; empty for any
 * @param tags all of these
 */
record JobFilter(
    @Nullable String algorithm,
    @Nullable String version,
    List<String> statuses,
    Map<String, String> tags,
    @Nullable String requester,
    @Nullable Instant createdAfter,
    @Nullable Instant createdBefore) {

  JobFilter {
    statuses = List.copyOf(statuses);
    tags = Map.copyOf(tags);
  }

  /** An exact version, as jobs have it; no selector would say which version ran. */
  static @Nullable String version(@Nullable String text) {
    if (text == null) {
      return null;
    }
    return SemVer.parse(text)
        .orElseThrow(() ->
            refused(
                "version",
                "'%s' is not an exact version, such as 1.4.0; jobs are listed by that alone."
                    .formatted(text)))
        .toString();
  }

  /** The words of one or several statuses, separated by commas. */
  static List<String> statuses(@Nullable String text) {
    if (text == null) {
      return List.of();
    }
    List<String> words = List.of(text.split(",", -1));
    for (String word : words) {
      if (JobStatus.of(word).isEmpty()) {
        throw refused(
            "status",
            "'%s' is not a status%s It is one of %s."
                .formatted(
                    word,
                    Nearest.endOfSentence(word, JobStatus.words()),
                    String.join(", ", JobStatus.words())));
      }
    }
    return words;
  }

  /** Tags written as {@code name=value}. */
  static Map<String, String> tags(@Nullable List<String> texts) {
    Map<String, String> tags = new TreeMap<>();
    for (String text : texts == null ? new ArrayList<String>() : texts) {
      int equals = text.indexOf('=');
      if (equals <= 0) {
        throw refused("tag", "'" + text + "' is not a tag; write name=value.");
      }
      tags.put(text.substring(0, equals), text.substring(equals + 1));
    }
    return tags;
  }

  /** A time in RFC 3339, in UTC or with an offset. */
  static @Nullable Instant time(String parameter, @Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return Rfc3339.parse(text);
    } catch (IllegalArgumentException e) {
      throw refused(parameter, String.valueOf(e.getMessage()));
    }
  }

  private static FailureException refused(String parameter, String detail) {
    return new Failure.Malformed(
            "parameters-invalid", detail, List.of(new Violation("?" + parameter, detail)))
        .raise();
  }
}
