package io.byoa.store.s3;

import io.byoa.common.Sha256;
import io.byoa.common.aws.Aws;
import io.byoa.store.ObjectKey;
import io.byoa.store.StoredObject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * What every part of the store needs to call S3.
 *
 * @param client insists on the bucket's owner in every call
 * @param timeout how long an answer may take to begin
 */
record S3Calls(S3Client client, S3Bucket bucket, S3Failures failures, Duration timeout) {

  /** Where an object's SHA-256 stands, put there together with its bytes. */
  static final String SHA256 = "byoa-sha256";

  /** As slow as a line may be that is not taken for a dead one. */
  private static final long BYTES_PER_SECOND = 256 << 10;

  /** What S3 knows of the object; empty when there is none. */
  Optional<HeadObjectResponse> head(String key) {
    return failures.translated(() -> {
      try {
        HeadObjectRequest request =
            HeadObjectRequest.builder().bucket(bucket.name()).key(key).build();
        return Optional.of(client.headObject(request));
      } catch (NoSuchKeyException e) {
        return Optional.empty();
      }
    });
  }

  /** The digest that was put with the object; empty when others stored it. */
  static Optional<Sha256> digest(Map<String, String> metadata) {
    return Optional.ofNullable(metadata.get(SHA256))
        .filter(hex -> hex.matches("[0-9a-f]{64}"))
        .map(Sha256::new);
  }

  /** An object as a head tells it; empty when it tells no digest. */
  static Optional<StoredObject> stored(ObjectKey key, HeadObjectResponse head) {
    return digest(head.metadata())
        .map(sha256 -> new StoredObject(key, head.contentLength(), sha256));
  }

  /** The patience for a call that sends so many bytes. */
  AwsRequestOverrideConfiguration patience(long bytes) {
    return patience(timeout.plusSeconds(bytes / BYTES_PER_SECOND));
  }

  /** The patience for a call whose one attempt may take so long. */
  static AwsRequestOverrideConfiguration patience(Duration attempt) {
    return AwsRequestOverrideConfiguration.builder()
        .apiCallAttemptTimeout(attempt)
        .apiCallTimeout(Aws.inAll(attempt))
        .build();
  }
}
