package io.byoa.store.s3;

import io.byoa.store.ObjectKey;
import io.byoa.store.StoreFailures;
import io.byoa.store.StoredObject;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * Stores under a key what nobody has stored there yet: S3 itself refuses to replace ({@code
 * If-None-Match: *}), so that of many writers one wins, on whatever replica they are.
 *
 * @param kmsKey encrypts; absent, as the bucket says
 * @param find the port's own
 */
record S3Upload(
    S3Calls calls,
    S3Folders folders,
    S3Parts parts,
    @Nullable String kmsKey,
    Function<ObjectKey, Optional<StoredObject>> find) {

  /** How often a key may be taken and free again while we store there. */
  private static final int ATTEMPTS = 4;

  static final int PRECONDITION_FAILED = 412;

  /** Also while another write or deletion of the same key is under way. */
  static final int CONFLICT = 409;

  StoredObject store(ObjectKey key, Content content) {
    StoredObject object = new StoredObject(key, content.size(), content.sha256());
    String name = calls.bucket().key(key);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      folders.requireFree(key);
      // Asked before, where sending the bytes for nothing would take long.
      boolean large = parts.concerns(content);
      Optional<StoredObject> there = large ? find.apply(key) : Optional.empty();
      if (there.isEmpty()) {
        if (calls.failures().translated(() -> send(large, name, content))) {
          folders.remember(key);
          return object;
        }
        there = find.apply(key);
      }
      if (there.isPresent()) {
        return same(there.get(), object);
      }
    }
    throw calls.failures().busy(key);
  }

  private static StoredObject same(StoredObject there, StoredObject wanted) {
    if (!there.equals(wanted)) {
      throw StoreFailures.exists(wanted.key());
    }
    return there;
  }

  /** False when something is there, or is coming or going this moment. */
  private boolean send(boolean large, String name, Content content) {
    try {
      if (large) {
        parts.send(name, content, kmsKey);
      } else {
        sendAtOnce(name, content);
      }
      return true;
    } catch (S3Exception e) {
      if (taken(e)) {
        return false;
      }
      throw e;
    }
  }

  static boolean taken(SdkServiceException e) {
    return e.statusCode() == PRECONDITION_FAILED || e.statusCode() == CONFLICT;
  }

  private void sendAtOnce(String name, Content content) {
    PutObjectRequest.Builder request =
        PutObjectRequest.builder()
            .bucket(calls.bucket().name())
            .key(name)
            .ifNoneMatch("*")
            // S3 computes it too, and refuses other bytes than these.
            .checksumSHA256(base64(content))
            .metadata(metadata(content))
            .overrideConfiguration(calls.patience(content.size()));
    if (kmsKey != null) {
      request
          .serverSideEncryption(ServerSideEncryption.AWS_KMS)
          .ssekmsKeyId(kmsKey)
          .bucketKeyEnabled(true);
    }
    calls.client().putObject(request.build(), body(content, 0, content.size()));
  }

  static Map<String, String> metadata(Content content) {
    return Map.of(S3Calls.SHA256, content.sha256().hex());
  }

  static RequestBody body(Content content, long from, long length) {
    return RequestBody.fromContentProvider(
        () -> content.open(from, length), length, "application/octet-stream");
  }

  private static String base64(Content content) {
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(content.sha256().hex()));
  }
}
