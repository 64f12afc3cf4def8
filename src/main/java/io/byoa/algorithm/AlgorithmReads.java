package io.byoa.algorithm;

import io.byoa.algorithm.descriptor.SemVer;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the catalogue for clients. */
@Singleton
class AlgorithmReads {

  private final AlgorithmRepository algorithms;
  private final Catalogue catalogue;
  private final VersionRows rows;

  AlgorithmReads(AlgorithmRepository algorithms, Catalogue catalogue, VersionRows rows) {
    this.algorithms = algorithms;
    this.catalogue = catalogue;
    this.rows = rows;
  }

  @Transactional
  public List<AlgorithmView> list(
      String team, @Nullable String search, @Nullable String status, String after, int limit) {
    return algorithms.list(team, search, status, after, limit).stream().map(this::view).toList();
  }

  @Transactional
  public AlgorithmView algorithm(String team, String name) {
    return view(catalogue.requireAlgorithm(team, name));
  }

  private AlgorithmView view(AlgorithmEntity row) {
    List<VersionEntity> versions = algorithms.versions(row.name);
    Map<String, SemVer> aliases = catalogue.aliases(row.name);
    Optional<VersionEntity> latest =
        new Selector.Range("")
            .resolve(Catalogue.candidates(versions), aliases)
            .flatMap(chosen ->
                versions.stream()
                    .filter(each -> each.key.version().equals(chosen.toString()))
                    .findFirst());
    // A name whose versions are all disabled or unfinished still says what it is.
    VersionEntity shown = latest.orElse(versions.isEmpty() ? null : versions.getFirst());
    SortedMap<String, String> names = new TreeMap<>();
    aliases.forEach((alias, version) -> names.put(alias, version.toString()));
    return new AlgorithmView(
        row.name,
        shown == null ? "" : shown.description,
        latest.map(version -> version.key.version()).orElse(null),
        latest.map(version -> version.status).orElse(null),
        shown == null ? null : shown.runtime,
        versions.size(),
        names,
        row.createdAt,
        row.createdBy,
        AlgorithmView.LinksView.of(row.name));
  }

  /** Versions below a sort key, the highest precedence first. */
  @Transactional
  public List<VersionEntity> versions(
      String team, String algorithm, Optional<String> below, int limit) {
    catalogue.requireAlgorithm(team, algorithm);
    return algorithms.versions(algorithm).stream()
        .filter(row -> below.isEmpty() || row.sortKey.compareTo(below.get()) < 0)
        .limit(limit)
        .toList();
  }

  VersionView view(VersionEntity row) {
    return VersionView.of(rows.version(row), rows.notices(row));
  }

  /** The row that a selector means. */
  @Transactional
  public VersionEntity version(String team, String algorithm, String selector) {
    PublishedVersion version = catalogue.resolve(team, algorithm, selector);
    return algorithms.version(algorithm, version.version()).orElseThrow();
  }
}
