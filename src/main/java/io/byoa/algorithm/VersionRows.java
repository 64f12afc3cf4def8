package io.byoa.algorithm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.byoa.algorithm.descriptor.Descriptor;
import io.byoa.algorithm.descriptor.DescriptorReader;
import io.byoa.bundle.BundleFile;
import io.byoa.common.Sha256;
import io.byoa.store.ObjectKey;
import io.byoa.store.StoredObject;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Turns rows into versions. What a version declares never changes, so descriptors that were read
 * once are kept: the hot path of a launch parses none.
 */
@Singleton
class VersionRows {

  private static final int KEPT = 500;
  private static final TypeReference<List<BundleFile>> FILES = new TypeReference<>() {};

  private static final TypeReference<List<String>> NOTICES = new TypeReference<>() {};

  private final ObjectMapper json;

  private final Map<VersionEntity.Key, Descriptor> descriptors =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<VersionEntity.Key, Descriptor> eldest) {
          return size() > KEPT;
        }
      };

  VersionRows(ObjectMapper json) {
    this.json = json;
  }

  PublishedVersion version(VersionEntity row) {
    return new PublishedVersion(
        row.key.algorithm(),
        row.team,
        descriptor(row),
        new StoredObject(
            new ObjectKey("code/" + row.codeSha256 + ".tar"),
            row.codeSize,
            new Sha256(row.codeSha256)),
        new PublishedVersion.Provenance(row.sourceRepository, row.sourceRevision, row.pipelineUrl),
        row.publishedAt,
        row.publishedBy,
        standing(row),
        row.revision);
  }

  static PublishedVersion.Standing standing(VersionEntity row) {
    return new PublishedVersion.Standing(
        VersionStatus.of(row.status).orElseThrow(),
        row.statusReason,
        row.sunsetAt,
        row.statusChangedAt);
  }

  private synchronized Descriptor descriptor(VersionEntity row) {
    return descriptors.computeIfAbsent(row.key, key -> DescriptorReader.readStored(row.descriptor));
  }

  List<BundleFile> files(String text) {
    try {
      return Objects.requireNonNull(json.readValue(text, FILES));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A stored file list is unreadable", e);
    }
  }

  List<String> notices(VersionEntity row) {
    try {
      return Objects.requireNonNull(json.readValue(row.notices, NOTICES));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Stored notices are unreadable", e);
    }
  }

  String write(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write " + value.getClass().getSimpleName(), e);
    }
  }
}
