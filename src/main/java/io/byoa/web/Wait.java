package io.byoa.web;

import io.byoa.common.Failure;
import io.byoa.common.Violation;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.QueryParam;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * How long a client is willing to wait for an answer that is worth having; a {@code @BeanParam} of
 * routes that can wait. {@code ?wait=30s} wins over {@code Prefer: wait=30} (RFC 7240).
 *
 * <p>A query over the limit is refused; a preference over it is met as far as it goes, and the
 * answer says so, because that is what a preference is.
 *
 * @param query the query parameter, as it came
 * @param prefer the header's values, as they came
 */
public record Wait(
    @QueryParam("wait")
        @Parameter(
            description =
                "Wait up to this long for a change (with If-None-Match) or for the end: 30s, 500ms,"
                    + " 1m; at most 60s.",
            example = "30s")
        @Nullable String query,
    @HeaderParam("Prefer") @Parameter(hidden = true) @Nullable List<String> prefer) {

  /** The answer's header that names a met preference (RFC 7240). */
  public static final String MET = "Preference-Applied";

  static final Duration LONGEST = Duration.ofSeconds(60);

  private static final Pattern QUERY = Pattern.compile("([0-9]{1,9})(ms|s|m)?");
  private static final Pattern PREFERENCE =
      Pattern.compile(
          "(?:^|[,;])\\s*wait\\s*=\\s*\"?([0-9]{1,9})\"?\\s*(?=$|[,;])", Pattern.CASE_INSENSITIVE);

  /** How long, at most 60 s; zero when the client does not want to wait. */
  public Duration duration() {
    if (query != null) {
      return parse(query);
    }
    return preferred()
        .map(wanted -> wanted.compareTo(LONGEST) > 0 ? LONGEST : wanted)
        .orElse(Duration.ZERO);
  }

  /** Whether the client wants to wait at all. */
  public boolean isAsked() {
    return !duration().isZero();
  }

  /** Which preference was met, for the header {@link #MET}; empty when there was none. */
  public Optional<String> met() {
    return query == null && preferred().isPresent()
        ? Optional.of("wait=" + duration().toSeconds())
        : Optional.empty();
  }

  private Optional<Duration> preferred() {
    if (prefer == null) {
      return Optional.empty();
    }
    Matcher matcher = PREFERENCE.matcher(String.join(",", prefer));
    return matcher.find()
        ? Optional.of(Duration.ofSeconds(Long.parseLong(matcher.group(1))))
        : Optional.empty();
  }

  private static Duration parse(String text) {
    Matcher matcher = QUERY.matcher(text);
    if (!matcher.matches()) {
      throw refused("'" + text + "' is not a time to wait; write 30s, 500ms or 1m.").raise();
    }
    long amount = Long.parseLong(matcher.group(1));
    String unit = matcher.group(2);
    Duration wanted =
        switch (unit == null ? "s" : unit) {
          case "ms" -> Duration.ofMillis(amount);
          case "m" -> Duration.ofMinutes(amount);
          default -> Duration.ofSeconds(amount);
        };
    if (wanted.compareTo(LONGEST) > 0) {
      throw refused("'" + text + "' is longer than 60s, the most that a request may wait.").raise();
    }
    return wanted;
  }

  private static Failure refused(String detail) {
    return new Failure.Malformed(
        "parameters-invalid", detail, List.of(new Violation("?wait", detail)));
  }
}
