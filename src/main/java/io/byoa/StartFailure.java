package io.byoa;

import io.byoa.common.StartRefused;
import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValidationException;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a start that failed tells the operator: a sentence where settings or surroundings are in the
 * way, and nothing where only a stack trace helps, because the defect is ours.
 */
final class StartFailure {

  /** How the library for settings words a value that cannot be read. */
  private static final Pattern UNREADABLE =
      Pattern.compile(
          "The config property (\\S+) with the config value \"([^\"]*)\" threw an Exception whilst"
              + " being converted (?:SRCFG\\d+: )?([^\\n]*)");

  private static final Pattern CODE = Pattern.compile("SRCFG\\d+: ");

  private StartFailure() {}

  /** The sentence that is somewhere in the causes of settings that cannot be read. */
  static Optional<String> sentence(Throwable failure) {
    return sentence(failure, null);
  }

  /** The sentence that is somewhere in this failure's causes; empty when there is none. */
  static Optional<String> sentence(Throwable failure, @Nullable Settings settings) {
    Set<Throwable> seen = new HashSet<>();
    for (Throwable cause = failure; cause != null && seen.add(cause); cause = cause.getCause()) {
      Optional<String> sentence = known(cause, String.valueOf(cause.getMessage()), settings);
      if (sentence.isPresent()) {
        return sentence;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> known(
      Throwable cause, String message, @Nullable Settings settings) {
    return switch (cause) {
      case StartRefused _ -> Optional.of(message);
      case ConfigurationException _, ConfigValidationException _ ->
          Optional.of(aboutSettings(message));
      case IllegalArgumentException _ when message.startsWith("SRCFG") ->
          Optional.of(aboutSettings(message));
      case NoSuchElementException _ when message.startsWith("SRCFG") ->
          Optional.of(aboutSettings(message));
      case QuarkusBindException e when settings != null ->
          Optional.of(
              Ports.taken(
                  e.getPort(),
                  e.getPort() == settings.port() ? "BYOA_PORT" : "BYOA_MANAGEMENT_PORT"));
      case SQLException e when settings != null ->
          settings.ownDatabase().flatMap(url -> aboutDatabase(url, e));
      default -> Optional.empty();
    };
  }

  private static String aboutSettings(String message) {
    String unreadable =
        UNREADABLE
            .matcher(message)
            .results()
            .map(StartFailure::unreadable)
            .distinct()
            .collect(Collectors.joining(" "));
    return unreadable.isEmpty() ? CODE.matcher(message).replaceAll("") : unreadable;
  }

  private static String unreadable(MatchResult found) {
    String rule = found.group(3).strip();
    return "%s is '%s', which cannot be read: %s%s docs/settings.md tells what it may be."
        .formatted(variable(found.group(1)), found.group(2), rule, rule.endsWith(".") ? "" : ".");
  }

  /** A setting's name in the environment. */
  static String variable(String property) {
    return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }

  /** By SQLSTATE: class 08 is the way to it, class 28 the login, 3D000 a database that is not. */
  private static Optional<String> aboutDatabase(String url, SQLException e) {
    String state = String.valueOf(e.getSQLState());
    String told = String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
    if (state.startsWith("08") || told.startsWith("Acquisition timeout")) {
      return Optional.of(
          "The database of BYOA_DATABASE_URL, %s, cannot be reached: %s".formatted(url, told));
    }
    if (state.startsWith("28")) {
      return Optional.of(
          "The database of BYOA_DATABASE_URL, %s, refuses BYOA_DATABASE_USER with BYOA_DATABASE_PASSWORD: %s"
              .formatted(url, told));
    }
    return state.equals("3D000")
        ? Optional.of(
            "BYOA_DATABASE_URL, %s, names a database that does not exist; create it first: %s"
                .formatted(url, told))
        : Optional.empty();
  }
}
