package io.byoa.algorithm;

import io.byoa.algorithm.descriptor.SemVer;
import io.byoa.common.Failure;
import io.byoa.common.Nearest;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds versions in the catalogue. */
@Singleton
public class Catalogue {

  private final AlgorithmRepository algorithms;
  private final KnownVersions known;

  Catalogue(AlgorithmRepository algorithms, KnownVersions known) {
    this.algorithms = algorithms;
    this.known = known;
  }

  /**
   * The version that a selector means.
   *
   * @throws io.byoa.common.FailureException 404 {@code algorithm-not-found} or {@code
   *     no-matching-version}, 400 {@code selector-malformed}
   */
  @Transactional
  public PublishedVersion resolve(String team, String algorithm, String selector) {
    Selector wanted =
        Selector.parse(selector)
            .orElseThrow(() ->
                new Failure.Malformed(
                        "selector-malformed",
                        "'%s' selects no version. Write a version such as 1.4.0, a range such as 1 or 1.4, 'latest', or an alias."
                            .formatted(selector))
                    .raise());
    if (wanted instanceof Selector.Exact exact) {
      // The hot path of launches: one row by its key.
      Optional<PublishedVersion> found =
          known
              .find(algorithm, exact.version().toString())
              .filter(version -> version.team().equals(team));
      if (found.isPresent()) {
        return found.get();
      }
    }
    requireAlgorithm(team, algorithm);
    return wanted
        .resolve(candidates(algorithms.outlines(List.of(algorithm))), aliases(algorithm))
        .flatMap(version -> known.find(algorithm, version.toString()))
        .orElseThrow(() -> noMatch(algorithm, selector).raise());
  }

  /** An exact version that a job has recorded; versions are never deleted. */
  @Transactional
  public PublishedVersion exact(String algorithm, String version) {
    return known.find(algorithm, version).orElseThrow(() -> noMatch(algorithm, version).raise());
  }

  AlgorithmEntity requireAlgorithm(String team, String algorithm) {
    return algorithms
        .find(team, algorithm)
        .orElseThrow(() ->
            new Failure.NotFound(
                    "algorithm-not-found",
                    "There is no algorithm '%s'%s"
                        .formatted(algorithm, Nearest.endOfSentence(algorithm, names(team))))
                .raise());
  }

  private List<String> names(String team) {
    return algorithms.list(team, null, null, "", 1_000).stream().map(row -> row.name).toList();
  }

  private Failure noMatch(String algorithm, String selector) {
    String candidates =
        algorithms.outlines(List.of(algorithm)).stream()
            .limit(20)
            .map(each -> each.version() + " (" + each.status() + ")")
            .collect(Collectors.joining(", "));
    return new Failure.NotFound(
        "no-matching-version",
        "No version of '%s' matches '%s'. There are: %s."
            .formatted(algorithm, selector, candidates.isEmpty() ? "none" : candidates));
  }

  static List<Selector.Candidate> candidates(List<VersionOutline> versions) {
    return versions.stream().map(VersionOutline::candidate).toList();
  }

  private Map<String, SemVer> aliases(String algorithm) {
    Map<String, SemVer> aliases = new HashMap<>();
    for (AliasEntity row : algorithms.aliases(List.of(algorithm))) {
      aliases.put(row.key.alias(), SemVer.parse(row.version).orElseThrow());
    }
    return aliases;
  }
}
