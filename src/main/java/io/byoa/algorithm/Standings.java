package io.byoa.algorithm;

import io.byoa.access.Audit;
import io.byoa.access.Caller;
import io.byoa.algorithm.descriptor.SemVer;
import io.byoa.common.Failure;
import io.byoa.common.FailureException;
import io.byoa.common.Nearest;
import io.byoa.common.Violation;
import io.byoa.web.JsonBody;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Changes what may change about versions: their status, and the names that point at them. */
@Singleton
class Standings {

  private final AlgorithmRepository algorithms;
  private final Catalogue catalogue;
  private final Audit audit;
  private final InstantSource time;

  Standings(AlgorithmRepository algorithms, Catalogue catalogue, Audit audit, InstantSource time) {
    this.algorithms = algorithms;
    this.catalogue = catalogue;
    this.audit = audit;
    this.time = time;
  }

  /** What is to be said of a version from now on. */
  record Change(VersionStatus status, @Nullable String reason, @Nullable Instant sunsetAt) {

    private static final int LONGEST_REASON = 1_000;
    private static final String TOO_LONG =
        "A reason has at most " + LONGEST_REASON + " characters.";
    private static final String BLANK = "Blank; say something, or leave it out.";
    private static final String UNEXPLAINED = "Say why; callers who are refused see it.";

    static Change from(JsonBody body) {
      return body.read(in -> {
        var status = in.text("status").required().map(Change::parse);
        var reason =
            in.text("reason")
                .check(text -> text.length() <= LONGEST_REASON, TOO_LONG)
                .check(text -> !text.isBlank(), BLANK);
        var sunset = in.time("sunsetAt");
        VersionStatus wanted = status.get();
        if (wanted == VersionStatus.DISABLED && reason.optional().isEmpty()) {
          in.refuse(new Violation("/reason", UNEXPLAINED));
        }
        if (wanted != VersionStatus.DEPRECATED && sunset.optional().isPresent()) {
          in.refuse(new Violation("/sunsetAt", "Only a deprecated version has one."));
        }
        return new Change(wanted, reason.optional().orElse(null), sunset.optional().orElse(null));
      });
    }

    /**
     * What a push says in its query of the version that it makes; empty when it says nothing.
     *
     * @throws io.byoa.common.FailureException 400 {@code parameters-invalid}
     */
    static Optional<Change> stated(@Nullable String status, @Nullable String reason) {
      if (status == null && reason == null) {
        return Optional.empty();
      }
      VersionStatus wanted =
          status == null ? VersionStatus.AVAILABLE : Standings.status("?status", status);
      if (reason != null && reason.length() > LONGEST_REASON) {
        throw refused("?reason", TOO_LONG);
      }
      if (reason != null && reason.isBlank()) {
        throw refused("?reason", BLANK);
      }
      if (reason == null && wanted == VersionStatus.DISABLED) {
        throw refused("?reason", UNEXPLAINED);
      }
      return Optional.of(new Change(wanted, reason, null));
    }

    private static VersionStatus parse(String word) {
      return VersionStatus.of(word).orElseThrow(() -> new IllegalArgumentException(fault(word)));
    }
  }

  private static String fault(String word) {
    List<String> words = Arrays.stream(VersionStatus.values()).map(VersionStatus::word).toList();
    String hint = Nearest.endOfSentence(word, words);
    return "'%s' is not a status%s It is one of %s."
        .formatted(word, hint, String.join(", ", words));
  }

  /** The status of this word, for a parameter. */
  static VersionStatus status(String pointer, String word) {
    return VersionStatus.of(word).orElseThrow(() -> refused(pointer, fault(word)));
  }

  private static FailureException refused(String pointer, String detail) {
    return new Failure.Malformed(
            "parameters-invalid", detail, List.of(new Violation(pointer, detail)))
        .raise();
  }

  /**
   * Changes a version's status.
   *
   * @param precondition is given the current revision and throws when the caller must not go on
   */
  @Transactional
  public VersionEntity change(
      Caller caller, String algorithm, String version, LongConsumer precondition, Change change) {
    catalogue.requireAlgorithm(caller.team(), algorithm);
    VersionEntity row = exact(algorithm, version);
    precondition.accept(row.revision);
    requireLater(change.sunsetAt(), row.publishedAt);
    row.status = change.status().word();
    row.statusReason = change.reason();
    row.sunsetAt = change.sunsetAt();
    row.statusChangedAt = time.instant();
    audit.record(caller, "version." + change.status().word(), algorithm + "@" + row.key.version());
    algorithms.flushNow();
    return row;
  }

  /** One that is over may be said again; one before the version existed is a slip. */
  private static void requireLater(@Nullable Instant sunsetAt, Instant publishedAt) {
    if (sunsetAt != null && sunsetAt.isBefore(publishedAt)) {
      throw JsonBody.invalid(
              List.of(
                  new Violation(
                      "/sunsetAt",
                      "%s is before the version was published (%s)."
                          .formatted(sunsetAt, publishedAt))))
          .raise();
    }
  }

  private Optional<VersionEntity> find(String algorithm, String version) {
    return SemVer.parse(version).flatMap(exact -> algorithms.version(algorithm, exact.toString()));
  }

  private VersionEntity exact(String algorithm, String version) {
    return find(algorithm, version)
        .orElseThrow(() ->
            new Failure.NotFound(
                    "version-not-found",
                    "'%s' is not a version of '%s'. Changes take an exact version."
                        .formatted(version, algorithm))
                .raise());
  }

  /** An alias, and whether it is new. */
  record Pointed(AliasEntity alias, boolean created) {}

  /**
   * Points an alias at an exact version.
   *
   * @param precondition is given the alias, if there is one, and throws when the caller must not go
   *     on
   */
  @Transactional
  public Pointed point(
      Caller caller,
      String algorithm,
      String alias,
      String version,
      Consumer<Optional<AliasEntity>> precondition) {
    // One after the other, so that of two who make the same alias the second one finds it.
    algorithms.lock(algorithm);
    catalogue.requireAlgorithm(caller.team(), algorithm);
    if (alias.equals(Selector.LATEST) || !Selector.ALIAS.matcher(alias).matches()) {
      throw new Failure.Invalid(
              "alias-invalid",
              "'%s' cannot be an alias. It has 1 to 40 of a-z, 0-9 and '-', begins with a letter, and is not 'latest'."
                  .formatted(alias))
          .raise();
    }
    VersionEntity target =
        find(algorithm, version).orElseThrow(() -> noTarget(algorithm, version).raise());
    Optional<AliasEntity> existing = algorithms.alias(algorithm, alias);
    precondition.accept(existing);
    AliasEntity row = existing.orElseGet(AliasEntity::new);
    row.version = target.key.version();
    row.changedAt = time.instant();
    row.changedBy = caller.requester();
    if (existing.isEmpty()) {
      row.key = new AliasEntity.Key(algorithm, alias);
      row.team = caller.team();
      algorithms.add(row);
    }
    audit.record(caller, "alias.pointed", algorithm + "/" + alias + "=" + row.version);
    algorithms.flushNow();
    return new Pointed(row, existing.isEmpty());
  }

  private static Failure noTarget(String algorithm, String version) {
    String detail =
        "'%s' is not a version of '%s'. An alias points at an exact version."
            .formatted(version, algorithm);
    return new Failure.Invalid(
        "version-not-found", detail, List.of(new Violation("/version", detail)));
  }

  @Transactional
  public AliasEntity alias(String team, String algorithm, String alias) {
    catalogue.requireAlgorithm(team, algorithm);
    return algorithms
        .alias(algorithm, alias)
        .orElseThrow(() ->
            new Failure.NotFound(
                    "alias-not-found", "'%s' has no alias '%s'.".formatted(algorithm, alias))
                .raise());
  }

  /** Removes an alias. */
  @Transactional
  public void remove(
      Caller caller, String algorithm, String alias, Consumer<AliasEntity> precondition) {
    AliasEntity row = alias(caller.team(), algorithm, alias);
    precondition.accept(row);
    algorithms.remove(row);
    audit.record(caller, "alias.removed", algorithm + "/" + alias);
  }
}
