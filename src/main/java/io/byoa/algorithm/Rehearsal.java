package io.byoa.algorithm;

import io.byoa.algorithm.descriptor.Descriptor;
import io.byoa.algorithm.descriptor.DescriptorDiff;
import io.byoa.bundle.Bundle;
import io.byoa.bundle.BundleFile;
import io.byoa.common.Failure;
import io.byoa.common.FailureException;
import io.byoa.common.Violation;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells what a push would come to, without keeping anything. */
@Singleton
class Rehearsal {

  private final Publishing publishing;
  private final PublishedVersions versions;

  Rehearsal(Publishing publishing, PublishedVersions versions) {
    this.publishing = publishing;
    this.versions = versions;
  }

  /**
   * Problems that publishing would be refused for are told here, not thrown. What could be found
   * out in spite of them is told too, such as the files of an archive whose descriptor is wrong.
   */
  RehearsalView rehearse(InputStream archive, Publishing.Intent intent) throws IOException {
    Bundle bundle;
    try {
      bundle = publishing.inspect(archive);
    } catch (FailureException e) {
      return RehearsalView.refused(problems(e), null, List.of());
    }
    List<BundleFile> files = bundle.files();
    List<String> notices = bundle.notices();
    try (Publishing.Prepared prepared = publishing.describe(bundle, intent)) {
      return view(prepared, intent);
    } catch (FailureException e) {
      return RehearsalView.refused(problems(e), files, notices);
    }
  }

  /** What is wrong with the upload; anything else that went wrong is thrown on. */
  private static List<Violation> problems(FailureException e) {
    Failure failure = e.failure();
    if (!(failure instanceof Failure.Invalid || failure instanceof Failure.Malformed)) {
      throw e;
    }
    return failure.violations().isEmpty()
        ? List.of(new Violation("", failure.detail()))
        : failure.violations();
  }

  private RehearsalView view(Publishing.Prepared prepared, Publishing.Intent intent) {
    Descriptor descriptor = prepared.descriptor();
    Bundle bundle = prepared.bundle();
    String team = intent.caller().team();
    List<Violation> problems = new ArrayList<>();
    if (versions.taken(team, descriptor.name())) {
      problems.add(
          new Violation(
              "/name", "'" + descriptor.name() + "' is taken by another team; choose another."));
    }
    Optional<PublishedVersion> existing = versions.find(team, descriptor);
    String there =
        existing
            .map(version -> version.code().sha256().equals(bundle.sha256()) ? "same" : "other")
            .orElse("absent");
    if (there.equals("other")) {
      problems.add(
          new Violation(
              "/version", "This version exists with other content; choose a new version."));
    }
    if (existing.isEmpty()) {
      try {
        versions.requireCompatible(team, descriptor);
      } catch (FailureException e) {
        problems.addAll(e.failure().violations());
      }
    }
    Optional<PublishedVersion> previous = versions.previous(team, descriptor);
    return new RehearsalView(
        true,
        problems.isEmpty(),
        problems,
        descriptor.name(),
        descriptor.version().toString(),
        descriptor.toJson(),
        RehearsalView.FileView.of(bundle.files()),
        prepared.notices(),
        there,
        previous.map(PublishedVersion::version).orElse(null),
        previous.map(before -> changes(before.descriptor(), descriptor)).orElse(null),
        previous
            .map(before -> VersionDifference.files(versions.files(before), bundle.files()))
            .orElse(null));
  }

  static List<RehearsalView.ChangeView> changes(Descriptor before, Descriptor after) {
    return DescriptorDiff.between(before, after).changes().stream()
        .map(change ->
            new RehearsalView.ChangeView(
                change.pointer(), change.kind().word(), change.breaking(), change.detail()))
        .toList();
  }
}
