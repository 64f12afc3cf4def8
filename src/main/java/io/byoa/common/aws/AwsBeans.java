package io.byoa.common.aws;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/**
 * Makes {@link Aws} for whoever injects it. A class of its own, because the container looks into
 * every class that it makes by itself, at every start, and looking into that one loads Amazon's.
 */
@Singleton
final class AwsBeans {

  @Produces
  @Singleton
  Aws aws(AwsConfig config) {
    return new Aws(config);
  }
}
