package io.byoa.common.aws;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How Amazon Web Services are reached, by what uses them. Credentials come from where the AWS SDK
 * looks for them: {@code AWS_ACCESS_KEY_ID}, a profile ({@code AWS_PROFILE}), the role of the
 * machine or the pod.
 */
@ConfigMapping(prefix = "byoa.aws")
public interface AwsConfig {

  /** The region; absent, that of {@code AWS_REGION}, the profile or the machine. */
  Optional<String> region();

  /**
   * An address to call instead of Amazon's, for all services; absent, {@code AWS_ENDPOINT_URL}
   * counts if there is one.
   */
  Optional<URI> endpoint();

  /** A role (ARN) that is assumed with the credentials found, and then makes all calls. */
  Optional<String> roleArn();

  /** How long an answer may take to begin, or to go on; a call is tried three times at most. */
  @WithDefault("5s")
  Duration timeout();
}
