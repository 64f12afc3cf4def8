package io.byoa.algorithm;

import io.byoa.access.Audit;
import io.byoa.algorithm.descriptor.Descriptor;
import io.byoa.algorithm.descriptor.DescriptorDiff;
import io.byoa.algorithm.descriptor.SemVer;
import io.byoa.bundle.BundleFile;
import io.byoa.common.Failure;
import io.byoa.common.FailureException;
import io.byoa.common.Sha256;
import io.byoa.store.StoredObject;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Records versions: each once, each for good. */
@Singleton
class PublishedVersions {

  private static final Duration SOON = Duration.ofSeconds(30);

  private final AlgorithmRepository algorithms;
  private final CodeRepository codes;
  private final VersionRows rows;
  private final Audit audit;
  private final InstantSource time;

  PublishedVersions(
      AlgorithmRepository algorithms,
      CodeRepository codes,
      VersionRows rows,
      Audit audit,
      InstantSource time) {
    this.algorithms = algorithms;
    this.codes = codes;
    this.rows = rows;
    this.audit = audit;
    this.time = time;
  }

  /** A version, and whether it is new. */
  record Recorded(PublishedVersion version, boolean created) {}

  /** The version that a descriptor names, if it was published already. */
  @Transactional
  Optional<PublishedVersion> find(String team, Descriptor descriptor) {
    return algorithms
        .find(team, descriptor.name())
        .flatMap(row -> algorithms.version(row.name, descriptor.version().toString()))
        .map(rows::version);
  }

  /** The highest release below this version: the one that its callers use today. */
  @Transactional
  Optional<PublishedVersion> previous(String team, Descriptor descriptor) {
    if (algorithms.find(team, descriptor.name()).isEmpty()) {
      return Optional.empty(); // What another team declares is nobody else's business.
    }
    SemVer version = descriptor.version();
    return algorithms.outlines(List.of(descriptor.name())).stream()
        .filter(each -> each.released() && !each.status().equals(VersionStatus.DISABLED.word()))
        .filter(each -> each.semVer().compareTo(version) < 0)
        .findFirst()
        .flatMap(before -> algorithms.version(before.algorithm(), before.version()))
        .map(rows::version);
  }

  /**
   * Refuses a version that would break the callers of its predecessor without saying so by a new
   * major version. Versions before 1.0.0 and pre-releases promise nothing.
   *
   * @throws io.byoa.common.FailureException 422 {@code breaking-change}
   */
  void requireCompatible(String team, Descriptor descriptor) {
    SemVer version = descriptor.version();
    if (!version.isRelease() || version.major().signum() == 0) {
      return;
    }
    previous(team, descriptor)
        .filter(before -> before.descriptor().version().major().equals(version.major()))
        .ifPresent(before -> {
          DescriptorDiff diff = DescriptorDiff.between(before.descriptor(), descriptor);
          if (diff.requiresMajor()) {
            throw Publishing.breaking(before.version(), diff).raise();
          }
        });
  }

  /**
   * Announces code that is about to be stored.
   *
   * @throws FailureException 503 {@code code-being-removed}
   */
  @Transactional
  public void claim(Sha256 code) {
    if (!codes.claim(code)) {
      throw beingRemoved();
    }
  }

  private static FailureException beingRemoved() {
    return new FailureException(
        new Failure.Unavailable(
            "code-being-removed",
            "The remains of an earlier, unfinished push of the same code are being removed."
                + " Publish it again in a moment.",
            SOON));
  }

  /**
   * Records a version whose code is in the store.
   *
   * @throws io.byoa.common.FailureException 409 {@code version-exists} when it has other content,
   *     403 {@code algorithm-taken} when the name belongs to another team, 503 {@code
   *     code-being-removed} when it took a day to get here
   */
  @Transactional
  Recorded record(
      Publishing.Intent intent,
      Descriptor descriptor,
      StoredObject code,
      List<BundleFile> files,
      List<String> notices) {
    Instant now = time.instant();
    String team = intent.caller().team();
    AlgorithmEntity algorithm = new AlgorithmEntity();
    algorithm.name = descriptor.name();
    algorithm.team = team;
    algorithm.createdAt = now;
    algorithm.createdBy = intent.caller().requester();
    algorithms.claim(algorithm);
    // Pushes of one algorithm go one after the other, so that twins agree on who was first.
    if (!algorithms.lock(descriptor.name()).team.equals(team)) {
      throw new Failure.Forbidden(
              "algorithm-taken",
              "The name '" + descriptor.name() + "' is taken. Choose another name.")
          .raise();
    }
    Optional<VersionEntity> there =
        algorithms.version(descriptor.name(), descriptor.version().toString());
    if (there.isPresent()) {
      requireSame(there.get(), code);
      return new Recorded(rows.version(there.get()), false);
    }
    if (!codes.hold(code.sha256())) {
      throw beingRemoved();
    }
    VersionEntity row = row(intent, descriptor, code, files, notices, now);
    algorithms.add(row);
    audit.record(
        intent.caller(), "version.published", row.key.algorithm() + "@" + row.key.version());
    return new Recorded(rows.version(row), true);
  }

  /** The files of a version's code. */
  @Transactional
  List<BundleFile> files(PublishedVersion version) {
    return rows.files(
        algorithms.files(new VersionEntity.Key(version.algorithm(), version.version())));
  }

  /** Whether the name belongs to another team. */
  @Transactional
  boolean taken(String team, String algorithm) {
    return algorithms.findByIdOptional(algorithm).filter(row -> !row.team.equals(team)).isPresent();
  }

  /** Refuses other content under a version that exists. */
  private static void requireSame(VersionEntity there, StoredObject code) {
    if (!there.codeSha256.equals(code.sha256().hex())) {
      throw new Failure.Conflict(
              "version-exists",
              "Version %s of '%s' was published with other content at %s. Versions never change: publish this under a new version."
                  .formatted(there.key.version(), there.key.algorithm(), there.publishedAt))
          .raise();
    }
  }

  private VersionEntity row(
      Publishing.Intent intent,
      Descriptor descriptor,
      StoredObject code,
      List<BundleFile> files,
      List<String> notices,
      Instant now) {
    VersionEntity row = new VersionEntity();
    row.key = new VersionEntity.Key(descriptor.name(), descriptor.version().toString());
    row.team = intent.caller().team();
    row.sortKey = descriptor.version().sortKey();
    row.released = descriptor.version().isRelease();
    row.codeSha256 = code.sha256().hex();
    row.codeSize = code.size();
    row.descriptor = descriptor.toJson();
    row.files = rows.write(files);
    row.notices = rows.write(notices);
    row.description = descriptor.description();
    row.runtime = descriptor.runtime().toString();
    row.sourceRepository = intent.provenance().sourceRepository();
    row.sourceRevision = intent.provenance().sourceRevision();
    row.pipelineUrl = intent.provenance().pipelineUrl();
    row.publishedAt = now;
    row.publishedBy = intent.caller().requester();
    row.status = intent.status().word();
    row.statusReason = intent.reason();
    row.statusChangedAt = now;
    return row;
  }
}
