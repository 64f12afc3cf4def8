package io.byoa.dataset;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.byoa.common.Sha256;
import io.byoa.web.UrlPath;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One content of a dataset as a client sees it.
 *
 * @param digest {@code sha256:} and the digest of its manifest
 * @param reference what a launch takes as an input and always means this content
 * @param size bytes of all files
 * @param files absent in lists
 * @param notices what was tolerated in the upload; only in its answer
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "DatasetVersion")
record DatasetVersionView(
    String name,
    String digest,
    String reference,
    long size,
    int fileCount,
    @Nullable List<FileView> files,
    @Nullable List<String> notices,
    Instant createdAt,
    String createdBy,
    String href) {

  /** A file, and where it is downloaded. */
  @Schema(name = "DatasetFile")
  record FileView(String path, long size, String sha256, String href) {}

  static DatasetVersionView of(DatasetRepository.Summary summary) {
    return of(
        summary.name(),
        new Sha256(summary.digest()),
        summary.size(),
        summary.files(),
        summary.createdAt(),
        summary.createdBy());
  }

  private static DatasetVersionView of(
      String name, Sha256 digest, long size, int files, Instant createdAt, String createdBy) {
    return new DatasetVersionView(
        name,
        "sha256:" + digest,
        new DatasetReference(name, digest).toString(),
        size,
        files,
        null,
        null,
        createdAt,
        createdBy,
        DatasetResource.path(name, digest));
  }

  /** With its files, and with notices unless they are null. */
  static DatasetVersionView of(Dataset dataset, @Nullable List<String> notices) {
    List<Manifest.Entry> entries = dataset.manifest().entries();
    DatasetVersionView bare =
        of(
            dataset.name(),
            dataset.digest(),
            dataset.size(),
            entries.size(),
            dataset.createdAt(),
            dataset.createdBy());
    String files = bare.href + "/files/";
    return new DatasetVersionView(
        bare.name,
        bare.digest,
        bare.reference,
        bare.size,
        bare.fileCount,
        entries.stream()
            .map(entry ->
                new FileView(
                    entry.path(),
                    entry.size(),
                    entry.sha256().hex(),
                    files + UrlPath.encode(entry.path())))
            .toList(),
        notices,
        bare.createdAt,
        bare.createdBy,
        bare.href);
  }
}
