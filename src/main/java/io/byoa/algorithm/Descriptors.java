package io.byoa.algorithm;

import io.byoa.algorithm.descriptor.ArchiveListing;
import io.byoa.algorithm.descriptor.Descriptor;
import io.byoa.algorithm.descriptor.DescriptorDraft;
import io.byoa.algorithm.descriptor.DescriptorReader;
import io.byoa.bundle.Bundle;
import io.byoa.bundle.BundleFile;
import io.byoa.common.Failure;
import io.byoa.common.json.JsonString;
import io.byoa.common.json.JsonValue;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds out what a bundle declares: from the descriptor in it, from what is said beside it. */
@Singleton
class Descriptors {

  private final DescriptorReader reader;

  Descriptors(DescriptorReader reader) {
    this.reader = reader;
  }

  /**
   * What is said about a descriptor outside the archive.
   *
   * @param text a descriptor sent beside the archive, in UTF-8
   * @param fields single fields, from the form
   * @param runtime fields of the runtime, from the form
   * @param address the algorithm and version that the URL names
   */
  @SuppressWarnings("ArrayRecordComponent") // read once and never compared
  record Said(
      byte @Nullable [] text,
      Map<String, JsonValue> fields,
      Map<String, JsonValue> runtime,
      @Nullable Address address) {

    /** Nothing beside the archive. */
    static final Said NOTHING = new Said(null, Map.of(), Map.of(), null);

    Said {
      fields = new LinkedHashMap<>(fields);
      runtime = new LinkedHashMap<>(runtime);
    }

    static Said at(String algorithm, String version) {
      return new Said(null, Map.of(), Map.of(), new Address(algorithm, version));
    }

    /** What a form says, to begin with the descriptor in it, if there is one. */
    static Said form(@Nullable String descriptor) {
      return new Said(
          descriptor == null || descriptor.isBlank()
              ? null
              : descriptor.getBytes(StandardCharsets.UTF_8),
          Map.of(),
          Map.of(),
          null);
    }

    private boolean isNothing() {
      return text == null && fields.isEmpty() && runtime.isEmpty();
    }

    Said withRuntime(String field, @Nullable String value) {
      if (value != null && !value.isBlank()) {
        runtime.put(field, new JsonString(value));
      }
      return this;
    }

    Said with(String field, @Nullable String value) {
      if (value != null && !value.isBlank()) {
        fields.put(field, new JsonString(value));
      }
      return this;
    }
  }

  /** Where a version is, or shall be. */
  record Address(String algorithm, String version) {}

  /**
   * What was found.
   *
   * @param completed whether the archive itself does not say all of it, so that the descriptor has
   *     to be written into what is stored
   * @param notices what nobody said and was guessed, a sentence each
   */
  record Read(Descriptor descriptor, boolean completed, List<String> notices) {}

  /**
   * The descriptor of a bundle.
   *
   * @throws io.byoa.common.FailureException 422 with everything that is wrong with it
   */
  Read read(Bundle bundle, Said said) throws IOException {
    DescriptorDraft archived = archived(bundle).orElse(null);
    DescriptorDraft beside = said.text() == null ? null : DescriptorDraft.parse(said.text());
    if (archived == null && said.isNothing()) {
      throw new Failure.Invalid(
              "descriptor-missing",
              "The archive has no algorithm.json at its root. Add one, or send the archive as a form (multipart/form-data) and say the rest there: curl -F archive=@code.zip -F name=… -F version=1.0.0")
          .raise();
    }
    DescriptorDraft draft =
        archived != null ? archived : beside != null ? beside : DescriptorDraft.EMPTY;
    if (archived != null && beside != null) {
      for (Map.Entry<String, JsonValue> field : beside.document().members().entrySet()) {
        draft = draft.with(field.getKey(), field.getValue(), "the descriptor beside the archive");
      }
    }
    for (Map.Entry<String, JsonValue> field : said.fields().entrySet()) {
      draft = draft.with(field.getKey(), field.getValue(), "the form");
    }
    for (Map.Entry<String, JsonValue> field : said.runtime().entrySet()) {
      draft = draft.within("runtime", field.getKey(), field.getValue(), "the form");
    }
    Address address = said.address();
    if (address != null) {
      draft = draft.addressed(address.algorithm(), address.version());
    }
    ArchiveListing files = listing(bundle);
    if (archived != null) {
      return new Read(reader.read(draft, files), draft.adds(archived), List.of());
    }
    boolean runtimeSaid = beside != null && beside.document().get("runtime") != null;
    GuessedDescriptor guessed = GuessedDescriptor.of(draft, files, runtimeSaid);
    Descriptor descriptor = reader.read(guessed.draft(), files);
    List<String> notices = new ArrayList<>(guessed.notices());
    String version = descriptor.runtime().version();
    if (version != null && !runtimeSaid && !said.runtime().containsKey("version")) {
      notices.add(
          "No version of the language was given: %s, the standard here.".formatted(version));
    }
    return new Read(descriptor, true, notices);
  }

  private static Optional<DescriptorDraft> archived(Bundle bundle) throws IOException {
    Optional<InputStream> file = bundle.open(Publishing.DESCRIPTOR);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream in = file.get()) {
      return Optional.of(DescriptorDraft.parse(in.readNBytes(DescriptorDraft.LARGEST + 1)));
    }
  }

  private static ArchiveListing listing(Bundle bundle) {
    return new ArchiveListing(
        bundle.files().stream().map(BundleFile::path).collect(Collectors.toSet()),
        bundle.files().stream()
            .filter(BundleFile::executable)
            .map(BundleFile::path)
            .collect(Collectors.toSet()));
  }
}
