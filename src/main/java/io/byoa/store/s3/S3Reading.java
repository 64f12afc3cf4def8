package io.byoa.store.s3;

import io.byoa.common.FailureException;
import io.byoa.common.Sha256;
import io.byoa.store.CheckingInputStream;
import io.byoa.store.ObjectKey;
import io.byoa.store.StoreFailures;
import io.byoa.store.StoredObject;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** Finds and reads objects, and notices when they are not what was stored. */
record S3Reading(S3Calls calls, Spool spool) {

  private static final Logger LOG = Logger.getLogger(S3ObjectStore.class);
  private static final int RANGE_NOT_SATISFIABLE = 416;

  Optional<StoredObject> find(ObjectKey key) {
    String name = calls.bucket().key(key);
    Optional<HeadObjectResponse> head = calls.head(name);
    if (head.isEmpty()) {
      return Optional.empty();
    }
    return S3Calls.stored(key, head.get()).or(() -> read(key, name));
  }

  /** What others have put there, or brought back from a backup without its metadata. */
  private Optional<StoredObject> read(ObjectKey key, String name) {
    Optional<S3Body> found = get(name, null);
    if (found.isEmpty()) {
      return Optional.empty(); // Deleted meanwhile.
    }
    try (S3Body body = found.get()) {
      return Optional.of(new StoredObject(key, body.total(), Sha256.of(body)));
    } catch (IOException e) {
      throw calls.failures().failed(e);
    }
  }

  InputStream open(StoredObject object) {
    return new CheckingInputStream(whole(object), object);
  }

  /**
   * What is checked is what is handed out: the bytes are here before the first one goes on, and
   * nobody asks S3 for them a second time.
   */
  InputStream openVerified(StoredObject object) {
    Content content = arrived(object);
    if (!content.sha256().equals(object.sha256())) {
      content.close();
      throw altered(object, content.size() + " with " + content.sha256());
    }
    return new FilterInputStream(content.open(0, content.size())) {
      @Override
      public void close() throws IOException {
        super.close();
        content.close();
      }
    };
  }

  private Content arrived(StoredObject object) {
    try (S3Body body = whole(object)) {
      return spool.take(body);
    } catch (IOException e) {
      throw calls.failures().failed(e);
    }
  }

  private S3Body whole(StoredObject object) {
    return sized(
        get(calls.bucket().key(object.key()), null).orElseThrow(() -> missing(object)), object);
  }

  private static S3Body sized(S3Body body, StoredObject object) {
    if (body.total() != object.size()) {
      body.abort();
      throw altered(object, body.total() + " bytes");
    }
    return body;
  }

  InputStream openRange(StoredObject object, long offset, long length) {
    if (offset < 0 || length < 0 || offset > object.size() - length) {
      throw new IllegalArgumentException(
          "Not within %s: %d bytes from %d".formatted(object, length, offset));
    }
    if (length == 0) { // S3 has no word for an empty part.
      requireSize(object);
      return InputStream.nullInputStream();
    }
    String range = "bytes=" + offset + "-" + (offset + length - 1);
    Optional<S3Body> part = get(calls.bucket().key(object.key()), range);
    if (part.isEmpty()) { // Gone, or shorter than where the part begins.
      requireSize(object);
      throw missing(object);
    }
    return sized(part.get(), object);
  }

  private void requireSize(StoredObject object) {
    HeadObjectResponse head =
        calls.head(calls.bucket().key(object.key())).orElseThrow(() -> missing(object));
    if (head.contentLength() != object.size()) {
      throw altered(object, head.contentLength() + " bytes");
    }
  }

  /** Empty when there is no such object, or no such part of it. */
  private Optional<S3Body> get(String name, @Nullable String range) {
    GetObjectRequest request =
        GetObjectRequest.builder().bucket(calls.bucket().name()).key(name).range(range).build();
    try {
      ResponseInputStream<GetObjectResponse> body = calls.client().getObject(request);
      return Optional.of(new S3Body(body, calls.failures()));
    } catch (SdkException e) {
      int status = S3Failures.status(e);
      if (e instanceof NoSuchKeyException || status == RANGE_NOT_SATISFIABLE) {
        return Optional.empty();
      }
      throw calls.failures().failed(e);
    }
  }

  private static FailureException missing(StoredObject object) {
    return StoreFailures.missing(object.key());
  }

  static FailureException altered(StoredObject expected, String found) {
    FailureException failure = StoreFailures.altered(expected, found);
    LOG.error(failure.getMessage());
    return failure;
  }
}
