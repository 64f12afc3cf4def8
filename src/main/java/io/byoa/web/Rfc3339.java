package io.byoa.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;

/** Times as clients write them (RFC 3339), as far as they can be kept and written again. */
public final class Rfc3339 {

  /** The year has four digits; Java would take more, and none of the database's would. */
  private static final Pattern BEGINNING = Pattern.compile("[0-9]{4}-.*", Pattern.DOTALL);

  private static final Instant FIRST = Instant.EPOCH;
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

  private Rfc3339() {}

  /**
   * The time that this text is, in microseconds as the database keeps it.
   *
   * @throws IllegalArgumentException with a sentence for the client
   */
  public static Instant parse(String text) {
    Instant time;
    try {
      if (!BEGINNING.matcher(text).matches()) {
        throw new DateTimeException("Not four digits");
      }
      time = OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'%s' is not a time as RFC 3339 writes it, such as 2027-01-31T00:00:00Z.".formatted(text),
          e);
    }
    if (time.isBefore(FIRST) || time.isAfter(LAST)) {
      throw new IllegalArgumentException(
          "'%s' is outside of the years 1970 to 9999.".formatted(text));
    }
    return time;
  }
}
