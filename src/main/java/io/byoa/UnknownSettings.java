package io.byoa;

import io.byoa.common.Nearest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * Variables of the environment that look like settings and are none. They are told and do not stop
 * the start: others may name theirs like ours, as Kubernetes does for a service called {@code
 * byoa}.
 */
final class UnknownSettings {

  private static final String PREFIX = "BYOA_";

  private UnknownSettings() {}

  /** A sentence about each. */
  static List<String> in(Collection<String> environment) {
    List<String> known = known();
    return environment.stream()
        .filter(name -> name.startsWith(PREFIX) && !known.contains(name))
        .sorted()
        .map(name ->
            "There is no setting %s%s It is ignored; docs/settings.md lists them all."
                .formatted(name, Nearest.endOfSentence(name, known)))
        .toList();
  }

  /** The names of all settings in the environment; made from the code like their reference. */
  static List<String> known() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(UnknownSettings.class.getResourceAsStream("/settings.txt")),
                StandardCharsets.UTF_8))) {
      return lines.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
