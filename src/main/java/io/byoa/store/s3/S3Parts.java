package io.byoa.store.s3;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * Sends what is large in parts, some at a time, straight from where it lies. It becomes an object
 * at the end or not at all; what a death on the way leaves costs money until {@link S3Leftovers}
 * takes it away.
 *
 * @param above the largest content, in bytes, that is sent at once
 * @param size of a part, in bytes, unless it would take too many
 */
record S3Parts(S3Calls calls, long above, long size) {

  private static final Logger LOG = Logger.getLogger(S3ObjectStore.class);

  private static final long MEBIBYTE = 1 << 20;

  /** What S3 takes. */
  private static final int MOST_PARTS = 10_000;

  private static final int AT_A_TIME = 4;

  /** S3 may need minutes to put thousands of parts together. */
  private static final Duration TO_COMPLETE = Duration.ofMinutes(5);

  static S3Parts of(S3Calls calls) {
    return new S3Parts(calls, 64 * MEBIBYTE, 32 * MEBIBYTE);
  }

  boolean concerns(Content content) {
    return content.size() > above;
  }

  /**
   * Sends it.
   *
   * @throws software.amazon.awssdk.services.s3.model.S3Exception 412 when there is an object
   */
  void send(String name, Content content, @Nullable String kmsKey) {
    String id = begin(name, content, kmsKey);
    try {
      complete(name, id, sent(name, id, content));
    } catch (RuntimeException e) {
      abort(name, id);
      throw e;
    }
  }

  private String begin(String name, Content content, @Nullable String kmsKey) {
    CreateMultipartUploadRequest.Builder request =
        CreateMultipartUploadRequest.builder()
            .bucket(calls.bucket().name())
            .key(name)
            .contentType("application/octet-stream")
            .checksumAlgorithm(ChecksumAlgorithm.CRC32)
            .metadata(S3Upload.metadata(content));
    if (kmsKey != null) {
      request
          .serverSideEncryption(ServerSideEncryption.AWS_KMS)
          .ssekmsKeyId(kmsKey)
          .bucketKeyEnabled(true);
    }
    return calls.client().createMultipartUpload(request.build()).uploadId();
  }

  private List<CompletedPart> sent(String name, String id, Content content) {
    long part = Math.max(size, Math.ceilDiv(content.size(), (long) MOST_PARTS));
    AtomicBoolean failed = new AtomicBoolean();
    List<Callable<CompletedPart>> tasks = new ArrayList<>();
    for (long from = 0; from < content.size(); from += part) {
      long start = from;
      int number = tasks.size() + 1;
      long length = Math.min(part, content.size() - start);
      tasks.add(
          () -> unlessOneFailed(failed, () -> sent(name, id, number, content, start, length)));
    }
    try (ExecutorService threads =
        Executors.newFixedThreadPool(AT_A_TIME, Thread.ofVirtual().name("s3-part-", 0).factory())) {
      List<CompletedPart> parts = new ArrayList<>();
      ExecutionException first = null;
      for (Future<CompletedPart> future : threads.invokeAll(tasks)) {
        try {
          parts.add(future.get());
        } catch (ExecutionException e) {
          first = first == null || first.getCause() instanceof CancellationException ? e : first;
        }
      }
      if (first != null) {
        throw first.getCause() instanceof RuntimeException cause
            ? cause
            : new IllegalStateException(first);
      }
      return parts;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw AbortedException.create("Interrupted while sending parts.", e);
    }
  }

  private static CompletedPart unlessOneFailed(AtomicBoolean failed, Callable<CompletedPart> part)
      throws Exception {
    if (failed.get()) {
      throw new CancellationException("Another part has failed.");
    }
    boolean sent = false;
    try {
      CompletedPart answer = part.call();
      sent = true;
      return answer;
    } finally {
      if (!sent) {
        failed.set(true);
      }
    }
  }

  private CompletedPart sent(
      String name, String id, int number, Content content, long from, long length) {
    UploadPartRequest request =
        UploadPartRequest.builder()
            .bucket(calls.bucket().name())
            .key(name)
            .uploadId(id)
            .partNumber(number)
            .checksumAlgorithm(ChecksumAlgorithm.CRC32)
            .overrideConfiguration(calls.patience(AT_A_TIME * length))
            .build();
    UploadPartResponse answer =
        calls.client().uploadPart(request, S3Upload.body(content, from, length));
    return CompletedPart.builder()
        .partNumber(number)
        .eTag(answer.eTag())
        .checksumCRC32(answer.checksumCRC32())
        .build();
  }

  private void complete(String name, String id, List<CompletedPart> parts) {
    CompleteMultipartUploadRequest request =
        CompleteMultipartUploadRequest.builder()
            .bucket(calls.bucket().name())
            .key(name)
            .uploadId(id)
            .ifNoneMatch("*")
            .multipartUpload(upload -> upload.parts(parts))
            .overrideConfiguration(S3Calls.patience(TO_COMPLETE))
            .build();
    calls.client().completeMultipartUpload(request);
  }

  void abort(String name, String id) {
    try {
      calls
          .client()
          .abortMultipartUpload(
              AbortMultipartUploadRequest.builder()
                  .bucket(calls.bucket().name())
                  .key(name)
                  .uploadId(id)
                  .build());
    } catch (SdkException e) {
      LOG.debugf(e, "The upload %s stays until the leftovers are removed.", id);
    }
  }
}
