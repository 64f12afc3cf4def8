package io.byoa.store.s3;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/** Uploads in parts that nobody has finished: their parts are paid for, and nobody sees them. */
record S3Leftovers(S3Calls calls, S3Parts parts, InstantSource time) {

  private static final Duration LEFTOVER_AGE = Duration.ofHours(24);

  int remove() {
    Instant yesterday = time.instant().minus(LEFTOVER_AGE);
    ListMultipartUploadsRequest request =
        ListMultipartUploadsRequest.builder()
            .bucket(calls.bucket().name())
            .prefix(calls.bucket().prefix())
            .build();
    return calls
        .failures()
        .translated(() -> {
          int removed = 0;
          for (MultipartUpload upload :
              calls.client().listMultipartUploadsPaginator(request).uploads()) {
            if (upload.initiated().isBefore(yesterday)) {
              parts.abort(upload.key(), upload.uploadId());
              removed++;
            }
          }
          return removed;
        });
  }
}
