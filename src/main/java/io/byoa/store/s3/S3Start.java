package io.byoa.store.s3;

import io.byoa.common.StartRefused;
import io.byoa.common.aws.Aws;
import io.byoa.store.ObjectKey;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What is found out about the bucket before anything is stored in it, each trouble a sentence. */
final class S3Start {

  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final String REGION = "x-amz-bucket-region";

  private S3Start() {}

  /**
   * The bucket that the settings name; its owner may have to be asked for.
   *
   * @throws StartRefused when they name none, or AWS does not say who we are
   */
  static S3Bucket bucket(S3Config config, Aws aws) {
    String name =
        config
            .bucket()
            .map(String::strip)
            .filter(text -> !text.isEmpty())
            .orElseThrow(() ->
                new StartRefused(
                    "BYOA_STORE is s3, and BYOA_S3_BUCKET is not set. Set it to the name of a bucket that exists."));
    if (!BUCKET.matcher(name).matches()) {
      throw new StartRefused(
          "BYOA_S3_BUCKET is '%s', which is no name of a bucket: the name alone, without s3:// and folder. BYOA_S3_PREFIX takes the folder."
              .formatted(name));
    }
    String prefix = config.prefix().map(S3Start::folder).orElse("");
    aws.requireCredentials();
    return new S3Bucket(name, prefix, config.owner().map(S3Start::account).orElseGet(aws::account));
  }

  private static String folder(String text) {
    String folder = text.strip().replaceAll("^/+|/+$", "");
    if (folder.isEmpty()) {
      return "";
    }
    try {
      return new ObjectKey(folder) + "/";
    } catch (IllegalArgumentException e) {
      throw new StartRefused(
          "BYOA_S3_PREFIX cannot be a folder of the bucket. %s.".formatted(e.getMessage()), e);
    }
  }

  private static String account(String text) {
    String account = text.strip();
    if (!S3Bucket.isAccount(account)) {
      throw new StartRefused(
          "BYOA_S3_OWNER is '%s', and must be an AWS account: 12 digits.".formatted(text));
    }
    return account;
  }

  /**
   * Looks into the bucket.
   *
   * @throws StartRefused when it is not there, not ours, or not to be reached
   */
  static void requireUsable(S3Client client, S3Bucket bucket, Aws aws) {
    try {
      client.listObjectsV2(
          ListObjectsV2Request.builder()
              .bucket(bucket.name())
              .prefix(bucket.prefix())
              .maxKeys(1)
              .build());
    } catch (SdkException e) {
      throw new StartRefused(refusal(e, bucket, aws), e);
    }
  }

  private static String refusal(SdkException e, S3Bucket bucket, Aws aws) {
    String reason = Aws.reason(e);
    if (!(e instanceof SdkServiceException service)) {
      return "The bucket of BYOA_S3_BUCKET, %s, cannot be reached%s: %s. Check the network, AWS_REGION and, if it is set, AWS_ENDPOINT_URL."
          .formatted(
              bucket.name(),
              aws.endpoint().map(URI::toString).map(" at "::concat).orElse(""),
              reason);
    }
    Optional<String> elsewhere = region(service).filter(found -> !found.equals(aws.region().id()));
    if (elsewhere.isPresent()) {
      return "The bucket of BYOA_S3_BUCKET, %s, is in %s, and AWS_REGION is %s. Set AWS_REGION to %s."
          .formatted(bucket.name(), elsewhere.get(), aws.region().id(), elsewhere.get());
    }
    return switch (service.statusCode()) {
      case S3Failures.NOT_FOUND ->
          "There is no bucket %s. Create it, or set BYOA_S3_BUCKET to one that exists (%s)."
              .formatted(bucket.name(), reason);
      case 403 ->
          "The bucket of BYOA_S3_BUCKET, %s, may not be listed (%s). Either it does not belong to the account %s, which BYOA_S3_OWNER or the credentials name, or these credentials lack s3:ListBucket on it; docs/guide/operating.md lists what they need."
              .formatted(bucket.name(), reason, bucket.owner());
      default ->
          "The bucket of BYOA_S3_BUCKET, %s, cannot be used (%s).".formatted(bucket.name(), reason);
    };
  }

  private static Optional<String> region(SdkServiceException e) {
    return e instanceof S3Exception s3 && s3.awsErrorDetails() != null
        ? s3.awsErrorDetails().sdkHttpResponse().firstMatchingHeader(REGION)
        : Optional.empty();
  }
}
