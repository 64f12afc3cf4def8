package io.byoa.store;

import io.byoa.common.Failure;
import io.byoa.common.FailureException;
import java.time.Duration;

/** The failures that {@link ObjectStore} promises, in the same words for every adapter. */
public final class StoreFailures {

  private static final Duration SOON = Duration.ofSeconds(5);

  private StoreFailures() {}

  /** 409: other bytes are stored under this key. */
  public static FailureException exists(ObjectKey key) {
    return new FailureException(
        new Failure.Conflict(
            "object-exists",
            "Other content is stored under %s, and stored objects never change.".formatted(key)));
  }

  /** 409: the bytes under the key are not those that were stored. */
  public static FailureException altered(StoredObject expected, String found) {
    return new FailureException(
        new Failure.Conflict(
            "object-altered",
            "The stored object %s is not what was stored: expected %d bytes with SHA-256 %s, found %s."
                    .formatted(expected.key(), expected.size(), expected.sha256(), found)
                + " It is not handed out. Restore it from a backup, or publish it again."));
  }

  /** 404: nothing under this key. */
  public static FailureException missing(ObjectKey key) {
    return new FailureException(
        new Failure.NotFound("object-missing", "Nothing is stored under %s.".formatted(key)));
  }

  /**
   * 507: too little room.
   *
   * @param place for the operator; clients are not told how the server's disks are laid out
   */
  public static FailureException full(String place) {
    return new FailureException(
        new Failure.InsufficientStorage(
            "storage-full",
            "The server's disk is nearly full, so nothing more is taken in. Ask the operator to free some room there or to lower BYOA_DISK_FREE, then send this again."),
        "The disk of %s is nearly full, so nothing more is taken in.".formatted(place));
  }

  /**
   * 503: the place fails or cannot be reached.
   *
   * @param place for the operator, as the cause is: neither reaches a client
   */
  public static FailureException unavailable(String place, Exception cause) {
    return new FailureException(
        new Failure.Unavailable(
            "store-unavailable",
            "The server's store does not work right now. Try again; if it stays so, the operator finds the cause in the server's log and at /q/health/ready.",
            SOON),
        "The store in %s does not work: %s".formatted(place, cause));
  }
}
