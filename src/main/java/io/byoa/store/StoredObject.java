package io.byoa.store;

import io.byoa.common.Sha256;

/**
 * An object as it was stored: where, how much, and exactly which bytes.
 *
 * <p>Keep it (in a database row) and read with it later: the store refuses content that has become
 * another.
 *
 * @param key where it is
 * @param size in bytes
 * @param sha256 the digest of its bytes
 */
public record StoredObject(ObjectKey key, long size, Sha256 sha256) {

  /** Refuses a negative size. */
  public StoredObject {
    if (size < 0) {
      throw new IllegalArgumentException("Negative size of " + key + ": " + size);
    }
  }
}
