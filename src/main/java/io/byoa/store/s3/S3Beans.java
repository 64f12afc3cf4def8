package io.byoa.store.s3;

import io.byoa.common.IdSource;
import io.byoa.common.aws.Aws;
import io.byoa.store.ObjectStore;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Makes the store when it is chosen; until then none of its classes are loaded. */
@Singleton
final class S3Beans {

  @Produces
  @Singleton
  @Identifier("s3")
  ObjectStore store(S3Config config, Aws aws, InstantSource time, IdSource ids) {
    return new S3ObjectStore(config, aws, time, ids, S3Parts::of);
  }
}
