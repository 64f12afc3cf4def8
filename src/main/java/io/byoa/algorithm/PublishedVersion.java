package io.byoa.algorithm;

import io.byoa.algorithm.descriptor.Descriptor;
import io.byoa.store.StoredObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A version of an algorithm as it is in the catalogue.
 *
 * @param code its canonical tar
 * @param descriptor complete, defaults included
 * @param publishedBy such as {@code token:ci}
 * @param revision counts changes of the status
 */
public record PublishedVersion(
    String algorithm,
    String team,
    Descriptor descriptor,
    StoredObject code,
    Provenance provenance,
    Instant publishedAt,
    String publishedBy,
    Standing standing,
    long revision) {

  /** The exact version. */
  public String version() {
    return descriptor.version().toString();
  }

  /**
   * Where the code comes from, as the publisher said.
   *
   * @param sourceRepository such as a Git URL
   * @param sourceRevision such as a commit
   * @param pipelineUrl the run of the pipeline that published it
   */
  public record Provenance(
      @Nullable String sourceRepository,
      @Nullable String sourceRevision,
      @Nullable String pipelineUrl) {

    /** Whether the publisher said nothing. */
    boolean isSilent() {
      return sourceRepository == null && sourceRevision == null && pipelineUrl == null;
    }
  }

  /**
   * What an operator says of the version.
   *
   * @param sunsetAt when a deprecated version is meant to be disabled
   */
  public record Standing(
      VersionStatus status, @Nullable String reason, @Nullable Instant sunsetAt, Instant since) {}
}
