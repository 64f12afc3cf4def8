package io.byoa.runtime;

import io.byoa.common.Nearest;
import io.byoa.common.StartRefused;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The languages and versions that a descriptor may name, whether or not an engine here has them.
 */
@Singleton
public final class RuntimeCatalogue {

  private static final Pattern MAJOR_MINOR =
      Pattern.compile("(0|[1-9]\\d{0,3})\\.(0|[1-9]\\d{0,3})");

  private final Map<Language, List<String>> versions = new EnumMap<>(Language.class);
  private final Map<Language, String> defaults = new EnumMap<>(Language.class);

  /** The catalogue that the operator configured; a default that is not listed stops the start. */
  @Inject
  public RuntimeCatalogue(RuntimeConfig config) {
    add(Language.PYTHON, config.python().versions(), config.python().defaultVersion());
    add(Language.R, config.r().versions(), config.r().defaultVersion());
  }

  /** Made before anything begins that would have to be ended again if it cannot be made. */
  void start(@Observes @Priority(2) StartupEvent event) {}

  /** The catalogue of an installation that configures nothing. */
  public static RuntimeCatalogue standard() {
    return new RuntimeCatalogue(
        new SmallRyeConfigBuilder()
            .withMapping(RuntimeConfig.class)
            .build()
            .getConfigMapping(RuntimeConfig.class));
  }

  private void add(Language language, List<String> listed, String standard) {
    for (String version : listed) {
      if (!MAJOR_MINOR.matcher(version).matches()) {
        throw new StartRefused(
            "byoa.runtime.%s.versions: '%s' is not major.minor, such as 3.11."
                .formatted(language.word(), version));
      }
    }
    if (!listed.contains(standard)) {
      throw new StartRefused(
          "byoa.runtime.%s.default-version: '%s' is not among byoa.runtime.%s.versions (%s)."
              .formatted(language.word(), standard, language.word(), String.join(", ", listed)));
    }
    versions.put(language, List.copyOf(listed));
    defaults.put(language, standard);
  }

  /** The versions of a language in the operator's order; none where it has no versions. */
  public List<String> versions(Language language) {
    return versions.getOrDefault(language, List.of());
  }

  /** Whether a descriptor may name this runtime, of a language that has versions. */
  public boolean lists(RuntimeId id) {
    return Language.of(id.language()).map(this::versions).orElse(List.of()).contains(id.version());
  }

  /** What a descriptor that names no version gets; absent where the language has none. */
  public Optional<String> defaultVersion(Language language) {
    return Optional.ofNullable(defaults.get(language));
  }

  /** What is wrong with this version, as the end of a sentence that begins with it, if anything. */
  public Optional<String> fault(Language language, String version) {
    List<String> known = versions(language);
    if (known.contains(version)) {
      return Optional.empty();
    }
    String tooExact = version.replaceFirst("^(\\d+\\.\\d+)\\..*$", "$1");
    String hint =
        known.contains(tooExact)
            ? "; write \"" + tooExact + "\", patch levels are the engine's"
            : Nearest.hint(version, known);
    return Optional.of(
        "is not a version of %s that is known here: %s%s"
            .formatted(language.word(), String.join(", ", known), hint));
  }
}
