package io.byoa.store.s3;

import io.byoa.common.AttachmentName;
import io.byoa.store.StoreFailures;
import io.byoa.store.StoredObject;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * Links with which anybody can download an object for a while.
 *
 * <p>Nobody checks the bytes that go this way, so S3 is asked before what it has: the size, our
 * digest, and the SHA-256 that S3 itself computed when the object was sent at once. Where the
 * bucket keeps versions, the link leads to the very version that was looked at.
 */
record S3Links(S3Calls calls, S3Presigner presigner) {

  URI of(StoredObject object, Duration validity, String fileName) {
    HeadObjectResponse head = head(object);
    requireUnaltered(object, head);
    GetObjectRequest request =
        GetObjectRequest.builder()
            .bucket(calls.bucket().name())
            .key(calls.bucket().key(object.key()))
            .versionId(head.versionId())
            .responseContentDisposition(AttachmentName.header(fileName))
            .responseContentType("application/octet-stream")
            // As a header it would be one that the browser had to send.
            .overrideConfiguration(
                c -> c.putRawQueryParameter(ExpectedOwner.NAME, calls.bucket().owner()))
            .build();
    try {
      return URI.create(
          presigner
              .presignGetObject(p -> p.signatureDuration(validity).getObjectRequest(request))
              .url()
              .toString());
    } catch (SdkException e) { // No credentials at the moment.
      throw calls.failures().failed(e);
    }
  }

  private HeadObjectResponse head(StoredObject object) {
    HeadObjectRequest request =
        HeadObjectRequest.builder()
            .bucket(calls.bucket().name())
            .key(calls.bucket().key(object.key()))
            .checksumMode(ChecksumMode.ENABLED)
            .build();
    try {
      return calls.client().headObject(request);
    } catch (NoSuchKeyException e) {
      throw StoreFailures.missing(object.key());
    } catch (SdkException e) {
      throw calls.failures().failed(e);
    }
  }

  private static void requireUnaltered(StoredObject object, HeadObjectResponse head) {
    if (head.contentLength() != object.size()) {
      throw S3Reading.altered(object, head.contentLength() + " bytes");
    }
    S3Calls.digest(head.metadata())
        .filter(ours -> !ours.equals(object.sha256()))
        .ifPresent(ours -> {
          throw S3Reading.altered(object, "the same size with " + ours);
        });
    // Of an object in parts it is one over the parts' checksums, which says nothing here.
    String whole = head.checksumType() == ChecksumType.COMPOSITE ? null : head.checksumSHA256();
    if (whole != null && !whole.contains("-")) {
      String found = HexFormat.of().formatHex(Base64.getDecoder().decode(whole));
      if (!found.equals(object.sha256().hex())) {
        throw S3Reading.altered(object, "the same size with " + found);
      }
    }
  }
}
