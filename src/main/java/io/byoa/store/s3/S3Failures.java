package io.byoa.store.s3;

import io.byoa.common.FailureException;
import io.byoa.common.aws.Aws;
import io.byoa.store.ObjectKey;
import io.byoa.store.StoreFailures;
import java.io.IOException;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/**
 * What the troubles of S3, and of the way to it, mean to the store's callers.
 *
 * @param place the store, for the operator
 */
record S3Failures(String place) {

  private static final Logger LOG = Logger.getLogger(S3ObjectStore.class);

  static final int NOT_FOUND = 404;
  private static final int INSUFFICIENT_STORAGE = 507;

  /** The call's answer; whatever it throws comes out as one of the port's failures. */
  <T> T translated(Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException e) {
      throw failed(e);
    }
  }

  FailureException failed(SdkException e) {
    if (status(e) == INSUFFICIENT_STORAGE) { // Other services than Amazon's can be full.
      return StoreFailures.full(place);
    }
    // With the request's id, by which Amazon finds it; where we asked from would say nothing.
    String request = e instanceof SdkServiceException service ? service.requestId() : null;
    LOG.errorf(
        "The store %s does not work: %s%s",
        place, Aws.reason(e), request == null ? "" : " (request " + request + ")");
    return StoreFailures.unavailable(place, e);
  }

  /** Others store and delete the object all the time. */
  FailureException busy(ObjectKey key) {
    return StoreFailures.unavailable(
        place, new IOException("Others write and delete %s at this moment.".formatted(key)));
  }

  /** A body that broke off. */
  FailureException failed(IOException e) {
    LOG.warnf("Reading from the store %s broke off: %s", place, e);
    return StoreFailures.unavailable(place, e);
  }

  /** The answer's HTTP status; 0 when there was no answer. */
  static int status(SdkException e) {
    return e instanceof SdkServiceException service ? service.statusCode() : 0;
  }
}
