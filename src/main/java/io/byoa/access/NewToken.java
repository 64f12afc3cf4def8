package io.byoa.access;

import com.fasterxml.jackson.databind.JsonNode;
import io.byoa.common.Violation;
import io.byoa.web.JsonField;
import io.byoa.web.JsonFields;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a new token shall be.
 *
 * @param name how it is called in jobs and in the audit
 * @param algorithms the only ones it may publish or launch; empty means all
 * @param expiresAt null for valid until revoked
 */
record NewToken(
    Token.Kind kind,
    String name,
    String description,
    Role role,
    List<String> algorithms,
    @Nullable Instant expiresAt) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
  private static final Pattern ALGORITHM = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
  private static final Pattern PERIOD = Pattern.compile("(\\d{1,18})([mhd])");
  private static final long LONGEST_PERIOD = 36_500;
  private static final Map<String, Token.Kind> KINDS =
      Map.of("pat", Token.Kind.PAT, "ci", Token.Kind.CI);

  NewToken {
    algorithms = List.copyOf(algorithms);
  }

  /** Reads the body of {@code POST /tokens}; tells everything that is wrong with it at once. */
  static NewToken from(JsonFields in, Instant now) {
    JsonField<String> name =
        in.text("name")
            .required()
            .check(
                text -> NAME.matcher(text).matches(),
                "A name has 1 to 63 lower-case letters, digits, '.', '_' and '-', and begins with a"
                    + " letter or a digit.");
    JsonField<Role> role = in.choice("role", Role.BY_WORD).required();
    JsonField<Token.Kind> kind = in.choice("kind", KINDS);
    JsonField<String> description =
        in.text("description")
            .check(
                text -> text.length() <= 500 && text.chars().noneMatch(Character::isISOControl),
                "A description is one line of at most 500 characters.");
    JsonField<List<String>> algorithms = in.list("algorithms", NewToken::algorithm);
    JsonField<Instant> expiresAt =
        in.time("expiresAt").check(now::isBefore, "That is in the past.");
    JsonField<Instant> expiresIn = in.text("expiresIn").map(text -> now.plus(period(text)));
    if (expiresAt.isPresent() && expiresIn.isPresent()) {
      in.refuse(new Violation("/expiresIn", "Give either expiresAt or expiresIn, not both."));
    }
    if (algorithms.isPresent()
        && !algorithms.get().isEmpty()
        && role.isPresent()
        && (role.get() == Role.ADMIN || role.get() == Role.VIEWER)) {
      in.refuse(
          new Violation(
              "/algorithms",
              "Only a launcher or a publisher can be limited to algorithms; a viewer changes none,"
                  + " and an admin could give itself another token."));
    }
    return new NewToken(
        kind.orElse(Token.Kind.PAT),
        name.get(),
        description.orElse(""),
        role.get(),
        algorithms.orElse(List.of()),
        expiresAt.optional().or(expiresIn::optional).orElse(null));
  }

  private static JsonField<String> algorithm(JsonField<JsonNode> in) {
    return in.asText()
        .check(
            text -> ALGORITHM.matcher(text).matches(),
            "That is not the name of an algorithm: lower-case letters, digits and '-'.");
  }

  private static Duration period(String text) {
    Matcher matcher = PERIOD.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'%s' is not a time span; write 30m, 12h or 90d.".formatted(text));
    }
    long amount = Long.parseLong(matcher.group(1));
    if (amount < 1 || amount > LONGEST_PERIOD) {
      throw new IllegalArgumentException(
          "'%s' is out of range: 1 to %d minutes, hours or days, such as 90d."
              .formatted(text, LONGEST_PERIOD));
    }
    return switch (matcher.group(2)) {
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }
}
