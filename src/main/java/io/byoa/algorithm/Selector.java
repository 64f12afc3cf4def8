package io.byoa.algorithm;

import io.byoa.algorithm.descriptor.SemVer;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a client names a version: exactly, by range, {@code latest}, or by alias. */
sealed interface Selector {

  /** One version, pre-releases too, whatever its status. */
  record Exact(SemVer version) implements Selector {}

  /**
   * The highest release of a range.
   *
   * @param prefix such as {@code 1.} or {@code 1.4.}; empty for all
   */
  record Range(String prefix) implements Selector {}

  /** What an alias points at. */
  record Alias(String name) implements Selector {}

  /** What is known of a version when one has to be chosen. */
  record Candidate(SemVer version, VersionStatus status) {}

  /** The shape of an alias; {@code latest} is none. */
  Pattern ALIAS = Pattern.compile("[a-z][a-z0-9-]{0,39}");

  /** The word for the highest release of all. */
  String LATEST = "latest";

  private static Pattern range() {
    return Pattern.compile("(0|[1-9][0-9]{0,17})(?:\\.(0|[1-9][0-9]{0,17}))?");
  }

  /** The selector that this text is; empty when it is none. */
  static Optional<Selector> parse(String text) {
    Optional<SemVer> exact = SemVer.parse(text);
    if (exact.isPresent()) {
      return Optional.of(new Exact(exact.get()));
    }
    Matcher range = range().matcher(text);
    if (range.matches()) {
      return Optional.of(new Range(text + "."));
    }
    if (text.equals(LATEST)) {
      return Optional.of(new Range(""));
    }
    return ALIAS.matcher(text).matches() ? Optional.of(new Alias(text)) : Optional.empty();
  }

  /**
   * The version that is meant.
   *
   * <p>A range takes the highest precedence among available releases, and without one among
   * deprecated ones; never a disabled version, never a pre-release.
   *
   * @param aliases alias to exact version
   */
  default Optional<SemVer> resolve(List<Candidate> candidates, Map<String, SemVer> aliases) {
    return switch (this) {
      case Exact exact ->
          candidates.stream().map(Candidate::version).filter(exact.version()::equals).findFirst();
      case Range range ->
          highest(candidates, range, VersionStatus.AVAILABLE)
              .or(() -> highest(candidates, range, VersionStatus.DEPRECATED));
      case Alias alias -> Optional.ofNullable(aliases.get(alias.name()));
    };
  }

  private static Optional<SemVer> highest(
      List<Candidate> candidates, Range range, VersionStatus status) {
    return candidates.stream()
        .filter(candidate -> candidate.status() == status)
        .map(Candidate::version)
        .filter(SemVer::isRelease)
        .filter(version -> version.toString().startsWith(range.prefix()))
        .max(Comparator.naturalOrder());
  }
}
