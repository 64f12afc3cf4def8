package io.byoa.algorithm;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.SortedMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An algorithm in the catalogue. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Algorithm")
record AlgorithmView(
    String name,
    @Schema(description = "What the latest version says of itself.") String description,
    @Schema(description = "What 'latest' selects; absent when nothing can be selected.")
        @Nullable String latestVersion,
    @Schema(description = "The status of the latest version.") @Nullable String status,
    @Nullable String runtime,
    int versions,
    @Schema(description = "Alias to exact version.") SortedMap<String, String> aliases,
    Instant createdAt,
    String createdBy,
    LinksView links) {

  @Schema(name = "AlgorithmLinks")
  record LinksView(String self, String versions) {

    static LinksView of(String algorithm) {
      String self = AlgorithmResource.path(algorithm);
      return new LinksView(self, self + "/versions");
    }
  }
}
