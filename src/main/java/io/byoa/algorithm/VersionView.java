package io.byoa.algorithm;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A version in the catalogue. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Version")
record VersionView(
    String algorithm,
    String version,
    String description,
    @Schema(description = "available, deprecated or disabled.") String status,
    @Nullable String reason,
    @Schema(description = "When a deprecated version is meant to be disabled.")
        @Nullable Instant sunsetAt,
    String runtime,
    CodeView code,
    @Nullable String sourceRepository,
    @Nullable String sourceRevision,
    @Nullable String pipelineUrl,
    Instant publishedAt,
    String publishedBy,
    List<String> notices,
    LinksView links) {

  static VersionView of(PublishedVersion version, List<String> notices) {
    PublishedVersion.Standing standing = version.standing();
    return new VersionView(
        version.algorithm(),
        version.version(),
        version.descriptor().description(),
        standing.status().word(),
        standing.reason(),
        standing.sunsetAt(),
        version.descriptor().runtime().toString(),
        new CodeView(version.code().size(), version.code().sha256().hex()),
        version.provenance().sourceRepository(),
        version.provenance().sourceRevision(),
        version.provenance().pipelineUrl(),
        version.publishedAt(),
        version.publishedBy(),
        notices,
        LinksView.of(version.algorithm(), version.version()));
  }

  /** The canonical tar. */
  @Schema(name = "Code")
  record CodeView(long size, String sha256) {}

  @Schema(name = "VersionLinks")
  record LinksView(
      String self,
      String descriptor,
      String schema,
      String openapi,
      String code,
      String files,
      @Schema(description = "POST here to launch.") String jobs) {

    static LinksView of(String algorithm, String version) {
      String self = AlgorithmResource.path(algorithm) + "/versions/" + version;
      return new LinksView(
          self,
          self + "/descriptor",
          self + "/schema",
          self + "/openapi.json",
          self + "/code",
          self + "/files",
          self + "/jobs");
    }
  }
}
