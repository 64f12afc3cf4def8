package io.byoa.common.aws;

import io.byoa.common.StartRefused;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/**
 * Makes clients of Amazon Web Services, all alike: one region, one identity, one pool of
 * connections, and little patience, since whoever calls them tries again by means of its own.
 *
 * <p>Nothing of it happens before somebody injects it: a server that needs no Amazon loads none.
 */
public final class Aws {

  private static final Duration MOST_TO_CONNECT = Duration.ofSeconds(3);
  private static final int ATTEMPTS = 3;
  private static final Pattern ATTEMPT_COUNT = Pattern.compile("\\(SDK Attempt Count: \\d+\\)");

  /** Downloads hold one each for as long as their readers need. */
  private static final int CONNECTIONS = 256;

  private final AwsConfig config;
  private final Region region;
  private final SdkHttpClient http;
  private final AwsCredentialsProvider credentials;

  /**
   * Looks for the region and where credentials come from; calls nothing.
   *
   * @throws StartRefused when no region is known
   */
  public Aws(AwsConfig config) {
    this.config = config;
    region = config.region().map(Region::of).orElseGet(Aws::regionOfTheEnvironment);
    Duration timeout = config.timeout();
    Duration connecting = timeout.compareTo(MOST_TO_CONNECT) < 0 ? timeout : MOST_TO_CONNECT;
    http =
        ApacheHttpClient.builder()
            .maxConnections(CONNECTIONS)
            .connectionTimeout(connecting)
            .connectionAcquisitionTimeout(timeout)
            .socketTimeout(timeout)
            .tcpKeepAlive(true)
            .build();
    AwsCredentialsProvider found = DefaultCredentialsProvider.builder().build();
    credentials = config.roleArn().map(role -> assumed(role, found)).orElse(found);
  }

  private static Region regionOfTheEnvironment() {
    try {
      return DefaultAwsRegionProviderChain.builder().build().getRegion();
    } catch (SdkClientException e) {
      throw new StartRefused(
          "No AWS region is known. Set AWS_REGION (or BYOA_AWS_REGION), for example to eu-central-1.",
          e);
    }
  }

  private AwsCredentialsProvider assumed(String role, AwsCredentialsProvider found) {
    return StsAssumeRoleCredentialsProvider.builder()
        .stsClient(client(StsClient.builder(), found).build())
        .refreshRequest(request -> request.roleArn(role).roleSessionName("byoa"))
        .build();
  }

  /** Where everything is. */
  public Region region() {
    return region;
  }

  /** Who calls. */
  public AwsCredentialsProvider credentials() {
    return credentials;
  }

  /** The address that is called instead of Amazon's, where a setting of ours says so. */
  public Optional<URI> endpoint() {
    return config.endpoint();
  }

  /** How long an answer may take to begin, or to go on. */
  public Duration timeout() {
    return config.timeout();
  }

  /** How long a call may take in all, with its repetitions, when each may take so long. */
  public static Duration inAll(Duration attempt) {
    return attempt.multipliedBy(ATTEMPTS);
  }

  /** The builder of a client, with what all have in common and these interceptors of its own. */
  public <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> B client(
      B builder, ExecutionInterceptor... interceptors) {
    return client(builder, credentials, interceptors);
  }

  private <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> B client(
      B builder, AwsCredentialsProvider identity, ExecutionInterceptor... interceptors) {
    ClientOverrideConfiguration.Builder settings =
        ClientOverrideConfiguration.builder()
            .retryStrategy(
                AwsRetryStrategy.standardRetryStrategy().toBuilder().maxAttempts(ATTEMPTS).build())
            .apiCallAttemptTimeout(config.timeout())
            .apiCallTimeout(inAll(config.timeout()))
            .putAdvancedOption(SdkAdvancedClientOption.USER_AGENT_SUFFIX, "byoa");
    for (ExecutionInterceptor interceptor : interceptors) {
      settings.addExecutionInterceptor(interceptor);
    }
    builder
        .region(region)
        .credentialsProvider(identity)
        .defaultsMode(DefaultsMode.STANDARD)
        .overrideConfiguration(settings.build())
        .httpClient(http);
    config.endpoint().ifPresent(builder::endpointOverride);
    return builder;
  }

  /**
   * Makes sure that there are credentials.
   *
   * @throws StartRefused when there are none, or the role cannot be assumed
   */
  public void requireCredentials() {
    refused(
        credentials::resolveCredentials,
        config.roleArn().isPresent()
            ? "The role of BYOA_AWS_ROLE_ARN, %s, cannot be assumed (%%s). Let its trust policy name who runs BYOA, and check the credentials."
                .formatted(config.roleArn().get())
            : "No AWS credentials were found (%s). Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, or give this machine a role.");
  }

  /**
   * The account that the credentials belong to, 12 digits.
   *
   * @throws StartRefused when AWS cannot be asked or does not accept them
   */
  public String account() {
    try (StsClient sts = client(StsClient.builder()).build()) {
      return refused(
          () -> sts.getCallerIdentity().account(),
          "AWS does not say which account the credentials belong to (%s). Check them, the clock and the way to AWS STS.");
    }
  }

  private static <T> T refused(Supplier<T> asking, String sentence) {
    try {
      return asking.get();
    } catch (SdkException e) {
      throw new StartRefused(sentence.formatted(reason(e)), e);
    }
  }

  /** What a failure says, in the service's words where it has some, on one line. */
  public static String reason(SdkException e) {
    if (e instanceof AwsServiceException service
        && service.awsErrorDetails() != null
        && service.awsErrorDetails().errorCode() != null) {
      String message = service.awsErrorDetails().errorMessage();
      String code = service.awsErrorDetails().errorCode();
      return message == null || message.isBlank() ? code : code + ": " + line(message);
    }
    return e instanceof SdkServiceException service // An answer to HEAD has no words.
        ? "HTTP " + service.statusCode()
        : line(String.valueOf(e.getMessage()));
  }

  private static String line(String words) {
    String first = words.lines().findFirst().orElse("");
    return ATTEMPT_COUNT.matcher(first).replaceAll("").strip();
  }
}
