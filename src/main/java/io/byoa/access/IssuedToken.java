package io.byoa.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A token as administrators see it: everything but the secret.
 *
 * @param kind {@code pat} (a person's), {@code ci} (a pipeline's) or {@code adm} (made on the
 *     machine)
 * @param algorithms the only algorithms it may publish or launch; empty means all
 * @param createdBy who made it: {@code token:<name>}, or {@code machine}
 * @param lastUsedAt to the minute or so
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Token")
record IssuedToken(
    String id,
    String kind,
    String name,
    String description,
    Role role,
    List<String> algorithms,
    String createdBy,
    Instant createdAt,
    @Schema(description = "Absent: valid until revoked.") @Nullable Instant expiresAt,
    @Schema(description = "Absent: not revoked.") @Nullable Instant revokedAt,
    @Schema(description = "To the minute or so; absent: never.") @Nullable Instant lastUsedAt) {

  IssuedToken {
    algorithms = List.copyOf(algorithms);
  }
}
