package io.byoa.store.s3;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** The bucket of the S3 store, for {@code BYOA_STORE=s3}. */
@ConfigMapping(prefix = "byoa.s3")
interface S3Config {

  /** The bucket's name; it must exist. Replicas share it. */
  Optional<String> bucket();

  /** A folder of the bucket, such as {@code byoa}; what lies below it belongs to BYOA alone. */
  Optional<String> prefix();

  /**
   * The account, 12 digits, that must own the bucket: every call insists on it. Absent, the account
   * of the credentials.
   */
  Optional<String> owner();

  /** The KMS key (id or ARN) that encrypts what is stored; absent, as the bucket says. */
  Optional<String> kmsKey();

  /** The bucket in the path instead of the host name, for services that are not Amazon's. */
  @WithDefault("false")
  boolean pathStyle();

  /**
   * Downloads go straight to the bucket by links that live minutes; {@code false} has the server
   * send them, when clients cannot reach the bucket.
   */
  @WithDefault("true")
  boolean links();

  /** Where bytes lie for a moment on their way, in files that vanish with the server. */
  @WithDefault("${byoa.data:./data}/spool")
  Path spool();

  /** Room that stays free on that folder's disk: what would go below it answers 507. */
  @WithDefault("${byoa.disk.free:1G}")
  MemorySize keepFree();
}
