package io.byoa.algorithm;

import io.byoa.access.Caller;
import io.byoa.algorithm.descriptor.Descriptor;
import io.byoa.algorithm.descriptor.DescriptorDiff;
import io.byoa.algorithm.descriptor.difference.Change;
import io.byoa.bundle.Bundle;
import io.byoa.bundle.BundleFile;
import io.byoa.bundle.BundleInspector;
import io.byoa.common.Failure;
import io.byoa.common.Sha256;
import io.byoa.common.Violation;
import io.byoa.store.ObjectKey;
import io.byoa.store.ObjectStore;
import io.byoa.store.StoreFailures;
import io.byoa.store.StoredObject;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Turns an archive into a version: inspected, re-packed, described, stored under its digest, and
 * only then recorded. Dying anywhere before the record leaves at most an object that nobody names:
 * the same push again finds it and goes on, or {@link CodeSweep} takes it away.
 */
@Singleton
class Publishing {

  /** The descriptor's place in an archive. */
  static final String DESCRIPTOR = "algorithm.json";

  private final BundleInspector inspector;
  private final Descriptors descriptors;
  private final ObjectStore store;
  private final PublishedVersions versions;

  Publishing(
      BundleInspector inspector,
      Descriptors descriptors,
      ObjectStore store,
      PublishedVersions versions) {
    this.inspector = inspector;
    this.descriptors = descriptors;
    this.store = store;
    this.versions = versions;
  }

  /**
   * What somebody wants to publish, besides the archive.
   *
   * @param said what the address, the form or the query says about the descriptor
   * @param standing what to say of the version from its beginning; empty for nothing
   */
  record Intent(
      Caller caller,
      Descriptors.Said said,
      Optional<Standings.Change> standing,
      PublishedVersion.Provenance provenance) {

    /** The status to begin with. */
    VersionStatus status() {
      return standing.map(Standings.Change::status).orElse(VersionStatus.AVAILABLE);
    }

    /** The reason for it, if any. */
    @Nullable String reason() {
      return standing.map(Standings.Change::reason).orElse(null);
    }
  }

  /**
   * What a push came to.
   *
   * @param created whether the version is new; otherwise it was there with the same content
   */
  record Pushed(PublishedVersion version, boolean created, List<String> notices) {}

  /**
   * What is stored and not recorded yet; dropping it leaves an object that nobody names.
   *
   * @param files those of the code
   * @param notices what the publisher should know
   */
  record Kept(
      Descriptor descriptor, StoredObject code, List<BundleFile> files, List<String> notices) {

    Kept {
      files = List.copyOf(files);
      notices = List.copyOf(notices);
    }

    /** What makes two pushes the same, however they were sent. */
    Sha256 digest(Intent intent) {
      PublishedVersion.Provenance from = intent.provenance();
      return Sha256.of(
          Stream.of(
                  code.sha256().hex(),
                  intent.status().word(),
                  intent.reason(),
                  from.sourceRepository(),
                  from.sourceRevision(),
                  from.pipelineUrl())
              .map(part -> part == null ? "" : part)
              .collect(Collectors.joining("\n")));
    }
  }

  /**
   * Inspects, describes and stores: all of publishing that calls ports.
   *
   * @throws io.byoa.common.FailureException whatever inspection, descriptor and store refuse
   */
  Kept keep(InputStream archive, Intent intent) throws IOException {
    try (Prepared prepared = describe(inspect(archive), intent)) {
      Descriptor descriptor = prepared.descriptor;
      Bundle bundle = prepared.bundle;
      Optional<PublishedVersion> existing = versions.find(intent.caller().team(), descriptor);
      if (existing.isEmpty()) {
        versions.requireCompatible(intent.caller().team(), descriptor);
      }
      StoredObject code = store(bundle, descriptor);
      return new Kept(descriptor, code, bundle.files(), prepared.notices());
    }
  }

  /**
   * Records what is kept; may share the caller's transaction.
   *
   * @throws io.byoa.common.FailureException 409 {@code version-exists} when the version has other
   *     content
   */
  Pushed record(Kept kept, Intent intent) {
    PublishedVersions.Recorded recorded =
        versions.record(intent, kept.descriptor(), kept.code(), kept.files(), kept.notices());
    List<String> notices = new ArrayList<>(kept.notices());
    if (!recorded.created()) {
      unheard(recorded.version(), intent).ifPresent(notices::add);
    }
    return new Pushed(recorded.version(), recorded.created(), notices);
  }

  /** What a push says of a version that is there already, and that changes nothing. */
  private static Optional<String> unheard(PublishedVersion there, Intent intent) {
    List<String> unheard = new ArrayList<>();
    if (intent.standing().isPresent()
        && (there.standing().status() != intent.status()
            || !Objects.equals(there.standing().reason(), intent.reason()))) {
      unheard.add(
          "its status stays '%s' (PATCH changes it)".formatted(there.standing().status().word()));
    }
    if (!intent.provenance().isSilent() && !intent.provenance().equals(there.provenance())) {
      unheard.add("it stays known to come from where its first push said");
    }
    return unheard.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "The version was there with this content, so nothing changed: %s."
                .formatted(String.join(", and ", unheard)));
  }

  private StoredObject store(Bundle bundle, Descriptor descriptor) throws IOException {
    versions.claim(bundle.sha256());
    StoredObject code =
        store.move(StoredCode.archive(bundle.sha256()), bundle.file(), bundle.sha256());
    ObjectKey beside = StoredCode.descriptor(bundle.sha256());
    // A later release may write the same descriptor in other bytes; the code's digest covers it.
    if (store.find(beside).isEmpty()) {
      store.put(
          beside, new ByteArrayInputStream(descriptor.toJson().getBytes(StandardCharsets.UTF_8)));
    }
    return code;
  }

  /** Inspects without keeping anything; the caller closes the result, or has it described. */
  Bundle inspect(InputStream archive) throws IOException {
    if (store.freeBytes().orElse(Long.MAX_VALUE) <= 0) {
      throw StoreFailures.full("the store");
    }
    return inspector.inspect(archive);
  }

  /** Says what a bundle is. The result owns the bundle; without a result it is closed already. */
  Prepared describe(Bundle bundle, Intent intent) throws IOException {
    try {
      Descriptors.Read read = descriptors.read(bundle, intent.said());
      intent.caller().requireScope(read.descriptor().name());
      if (read.completed()) {
        Bundle whole =
            bundle.with(DESCRIPTOR, read.descriptor().toJson().getBytes(StandardCharsets.UTF_8));
        bundle.close();
        bundle = whole;
      }
      List<String> notices = new ArrayList<>(bundle.notices());
      notices.addAll(read.notices());
      return new Prepared(read.descriptor(), bundle, notices);
    } catch (IOException | RuntimeException e) {
      bundle.close();
      throw e;
    }
  }

  /** A bundle and what it declares. */
  record Prepared(Descriptor descriptor, Bundle bundle, List<String> notices)
      implements AutoCloseable {
    @Override
    public void close() {
      bundle.close();
    }
  }

  /** A refusal that lists what would break the callers of earlier versions. */
  static Failure breaking(String previous, DescriptorDiff diff) {
    List<Violation> violations = new ArrayList<>();
    diff.changes().stream()
        .filter(Change::breaking)
        .forEach(change -> violations.add(new Violation(change.pointer(), change.detail())));
    return new Failure.Invalid(
        "breaking-change",
        "This would break callers of "
            + previous
            + ". Give it a new major version, or keep what they rely on.",
        violations);
  }
}
