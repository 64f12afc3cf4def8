package io.byoa.dataset;

import io.byoa.common.Failure;
import io.byoa.common.Nearest;
import io.byoa.common.Sha256;
import io.byoa.common.Violation;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/** The datasets of each team, to be read and resolved. */
@Singleton
public class Datasets {

  /** As many names as a hint is looked for among. */
  private static final int HINTED = 2_000;

  private final DatasetRepository rows;

  Datasets(DatasetRepository rows) {
    this.rows = rows;
  }

  /**
   * What the reference means now; record {@link Dataset#reference()}, which means the same forever.
   * Empty for an unknown name or content, another team's, and a text that is no reference.
   *
   * @param reference {@code dataset:name}, for what was pushed last, or {@code
   *     dataset:name@sha256:…}
   */
  @Transactional
  public Optional<Dataset> resolve(String team, String reference) {
    return DatasetReference.parse(reference).flatMap(parsed -> find(team, parsed));
  }

  /**
   * The same, or a refusal that names the nearest.
   *
   * @param pointer where in the request the reference stands
   * @throws io.byoa.common.FailureException 422 {@code dataset-not-found}
   */
  @Transactional
  public Dataset require(String team, String reference, String pointer) {
    return resolve(team, reference)
        .orElseThrow(() -> {
          Violation violation = unknown(team, reference, pointer);
          return new Failure.Invalid("dataset-not-found", violation.detail(), List.of(violation))
              .raise();
        });
  }

  /** Why {@link #resolve} found nothing, for callers that gather violations. */
  @Transactional
  public Violation unknown(String team, String reference, String pointer) {
    return new Violation(pointer, reason(team, reference));
  }

  private String reason(String team, String reference) {
    Optional<DatasetReference> parsed = DatasetReference.parse(reference);
    if (parsed.isEmpty()) {
      return "'%s' is no reference to a dataset: write dataset:name, or dataset:name@sha256: and 64 hexadecimal digits."
          .formatted(reference);
    }
    String name = parsed.get().name();
    if (rows.latest(team, name).isEmpty()) {
      return noSuchName(team, name);
    }
    return "The dataset '%s' has no version %s. GET /api/v1/datasets/%s/versions lists them."
        .formatted(name, "sha256:" + parsed.get().digest(), name);
  }

  private String noSuchName(String team, String name) {
    String hint = Nearest.endOfSentence(name, rows.names(team, HINTED));
    return "There is no dataset '%s'%s GET /api/v1/datasets lists them; POST /api/v1/datasets?name=%s uploads it."
        .formatted(name, hint, name);
  }

  private Optional<Dataset> find(String team, DatasetReference reference) {
    Sha256 digest = reference.digest();
    return (digest == null ? rows.latestDigest(team, reference.name()) : Optional.of(digest.hex()))
        .flatMap(hex -> rows.find(team, reference.name(), hex))
        .map(this::dataset);
  }

  private Dataset dataset(DatasetEntity row) {
    DatasetContentEntity content = rows.content(row.key.digest());
    return new Dataset(
        row.key.name(),
        new Sha256(content.digest),
        Manifest.parse(content.manifest),
        row.createdAt,
        row.createdBy);
  }

  /** Names that contain the text, in order, after a name. */
  @Transactional
  List<DatasetRepository.Summary> list(String team, String search, String after, int limit) {
    return rows.list(team, search, after, limit);
  }

  /**
   * The latest version of the name, without its files.
   *
   * @throws io.byoa.common.FailureException 404 {@code dataset-not-found}
   */
  @Transactional
  DatasetRepository.Summary latest(String team, String name) {
    return rows.latest(team, name).orElseThrow(() -> notFound(noSuchName(team, name)).raise());
  }

  /** The name's versions, the one pushed last first, before the push with this number. */
  @Transactional
  List<DatasetRepository.Summary> versions(String team, String name, long before, int limit) {
    latest(team, name);
    return rows.versions(team, name, before, limit);
  }

  /**
   * One version with its files.
   *
   * @throws io.byoa.common.FailureException 404 {@code dataset-not-found}
   */
  @Transactional
  Dataset get(String team, DatasetReference reference) {
    return find(team, reference)
        .orElseThrow(() -> notFound(reason(team, reference.toString())).raise());
  }

  private static Failure notFound(String detail) {
    return new Failure.NotFound("dataset-not-found", detail);
  }
}
