package io.byoa.algorithm;

import io.byoa.algorithm.descriptor.Descriptor;
import io.byoa.algorithm.descriptor.DescriptorDiff;
import io.byoa.bundle.Bundle;
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

  /** Problems that publishing would be refused for are told here, not thrown. */
  RehearsalView rehearse(InputStream archive, Publishing.Intent intent) throws IOException {
    try (Publishing.Prepared prepared = publishing.prepare(archive, intent)) {
      return view(prepared.descriptor(), prepared.bundle(), intent);
    } catch (FailureException e) {
      if (e.failure() instanceof Failure.Invalid invalid) {
        List<Violation> problems =
            invalid.violations().isEmpty()
                ? List.of(new Violation("", invalid.detail()))
                : invalid.violations();
        return new RehearsalView(
            true, false, problems, null, null, null, null, List.of(), null, null, null);
      }
      throw e;
    }
  }

  private RehearsalView view(Descriptor descriptor, Bundle bundle, Publishing.Intent intent) {
    List<Violation> problems = new ArrayList<>();
    Optional<PublishedVersion> existing = versions.find(intent.caller().team(), descriptor);
    String there =
        existing
            .map(version -> version.code().sha256().equals(bundle.sha256()) ? "same" : "other")
            .orElse("absent");
    if (there.equals("other")) {
      problems.add(
          new Violation(
              "/version", "This version exists with other content; choose a new version."));
    }
    Optional<PublishedVersion> previous = versions.previous(descriptor);
    if (existing.isEmpty()) {
      try {
        versions.requireCompatible(descriptor);
      } catch (FailureException e) {
        problems.addAll(e.failure().violations());
      }
    }
    return new RehearsalView(
        true,
        problems.isEmpty(),
        problems,
        descriptor.name(),
        descriptor.version().toString(),
        descriptor.toJson(),
        bundle.files().stream().map(RehearsalView.FileView::of).toList(),
        bundle.notices(),
        there,
        previous.map(PublishedVersion::version).orElse(null),
        previous.map(version -> changes(version.descriptor(), descriptor)).orElse(null));
  }

  static List<RehearsalView.ChangeView> changes(Descriptor before, Descriptor after) {
    return DescriptorDiff.between(before, after).changes().stream()
        .map(change ->
            new RehearsalView.ChangeView(
                change.pointer(), change.kind().word(), change.breaking(), change.detail()))
        .toList();
  }
}
