package io.byoa.algorithm;

import static java.util.stream.Collectors.groupingBy;

import io.byoa.bundle.BundleFile;
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
    return views(algorithms.list(team, search, status, after, limit));
  }

  @Transactional
  public AlgorithmView algorithm(String team, String name) {
    return views(List.of(catalogue.requireAlgorithm(team, name))).getFirst();
  }

  private List<AlgorithmView> views(List<AlgorithmEntity> rows) {
    List<String> names = rows.stream().map(row -> row.name).toList();
    Map<String, List<VersionOutline>> versions =
        algorithms.outlines(names).stream().collect(groupingBy(VersionOutline::algorithm));
    Map<String, List<AliasEntity>> aliases =
        algorithms.aliases(names).stream().collect(groupingBy(row -> row.key.algorithm()));
    return rows.stream()
        .map(row ->
            view(
                row,
                versions.getOrDefault(row.name, List.of()),
                aliases.getOrDefault(row.name, List.of())))
        .toList();
  }

  private static AlgorithmView view(
      AlgorithmEntity row, List<VersionOutline> versions, List<AliasEntity> aliases) {
    Optional<VersionOutline> latest =
        new Selector.Range("")
            .resolve(Catalogue.candidates(versions), Map.of())
            .flatMap(chosen ->
                versions.stream()
                    .filter(each -> each.version().equals(chosen.toString()))
                    .findFirst());
    // A name whose versions are all disabled or unfinished still says what it is.
    VersionOutline shown = latest.orElse(versions.isEmpty() ? null : versions.getFirst());
    SortedMap<String, String> names = new TreeMap<>();
    aliases.forEach(alias -> names.put(alias.key.alias(), alias.version));
    return new AlgorithmView(
        row.name,
        shown == null ? "" : shown.description(),
        latest.map(VersionOutline::version).orElse(null),
        latest.map(VersionOutline::status).orElse(null),
        shown == null ? null : shown.runtime(),
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
    return algorithms.versions(algorithm, below.orElse(null), limit);
  }

  /** Aliases after a name, by name. */
  @Transactional
  public List<AliasView> aliases(String team, String algorithm, String after, int limit) {
    catalogue.requireAlgorithm(team, algorithm);
    return algorithms.aliases(algorithm, after, limit).stream().map(AliasView::of).toList();
  }

  VersionView view(VersionEntity row) {
    return VersionView.of(rows.version(row), rows.notices(row));
  }

  /** The files of a version's code. */
  @Transactional
  public List<BundleFile> files(VersionEntity row) {
    return rows.files(algorithms.files(row.key));
  }

  /** The row that a selector means. */
  @Transactional
  public VersionEntity version(String team, String algorithm, String selector) {
    PublishedVersion version = catalogue.resolve(team, algorithm, selector);
    return algorithms.version(algorithm, version.version()).orElseThrow();
  }
}
