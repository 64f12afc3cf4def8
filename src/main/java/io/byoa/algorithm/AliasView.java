package io.byoa.algorithm;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An alias, and the exact version that it names. */
@Schema(name = "Alias")
record AliasView(
    String algorithm, String alias, String version, Instant changedAt, String changedBy) {

  static AliasView of(AliasEntity row) {
    return new AliasView(
        row.key.algorithm(), row.key.alias(), row.version, row.changedAt, row.changedBy);
  }
}
