package io.byoa.algorithm;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.byoa.bundle.BundleFile;
import io.byoa.common.Violation;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What a push would come to; nothing was kept. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Rehearsal")
record RehearsalView(
    boolean dryRun,
    @Schema(description = "Whether publishing would succeed.") boolean publishable,
    @Schema(description = "What stands in the way, each with its place.") List<Violation> problems,
    @Nullable String algorithm,
    @Nullable String version,
    @Schema(description = "The completed descriptor.", type = SchemaType.OBJECT) @JsonRawValue
        @Nullable String descriptor,
    @Nullable List<FileView> files,
    List<String> notices,
    @Schema(description = "absent, same or other: what is published under this version already.")
        @Nullable String existing,
    @Schema(description = "The version whose callers this one inherits.") @Nullable String previous,
    @Schema(description = "How the descriptor differs from the previous version's.")
        @Nullable List<ChangeView> changes,
    @Schema(description = "Which files differ from the previous version's.")
        @Nullable List<VersionDifference.FileChange> fileChanges) {

  /** What is known of a push that would be refused. */
  static RehearsalView refused(
      List<Violation> problems, @Nullable List<BundleFile> files, List<String> notices) {
    return new RehearsalView(
        true,
        false,
        problems,
        null,
        null,
        null,
        files == null ? null : FileView.of(files),
        notices,
        null,
        null,
        null,
        null);
  }

  @Schema(name = "CodeFile")
  record FileView(String path, long size, String sha256, boolean executable) {
    static List<FileView> of(List<BundleFile> files) {
      return files.stream()
          .map(file ->
              new FileView(file.path(), file.size(), file.sha256().hex(), file.executable()))
          .toList();
    }
  }

  /** A difference between two descriptors. */
  @Schema(name = "DescriptorChange")
  record ChangeView(String pointer, String kind, boolean breaking, String detail) {}
}
