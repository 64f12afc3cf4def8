package io.byoa.store;

import io.byoa.common.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * A place that keeps immutable objects under keys.
 *
 * <h2>Promises</h2>
 *
 * <ul>
 *   <li><b>Immutable.</b> A key that exists keeps its bytes until it is deleted.
 *   <li><b>Idempotent.</b> Storing the same bytes under the same key again changes nothing and
 *       answers the same; so does deleting again. After a failure or a crash, repeat the call.
 *   <li><b>Atomic.</b> An object is there whole or not at all; an interrupted write leaves at most
 *       a temporary that {@link #removeLeftovers} takes away.
 *   <li><b>Durable on return.</b> What a method has answered survives a power cut. Write the
 *       database row afterwards, never before.
 *   <li><b>Constant memory</b>, whatever the size.
 *   <li>Safe for use by many threads, and by several replicas that share the place.
 * </ul>
 *
 * <h2>Failures</h2>
 *
 * <p>A {@code FailureException} with
 *
 * <ul>
 *   <li>409 {@code object-exists}: other bytes are stored under this key; nothing was changed;
 *   <li>409 {@code object-altered}: the bytes under the key are not those the caller expects;
 *       somebody changed the store behind our back. Logged as an error. Repeating does not help;
 *   <li>404 {@code object-missing}: nothing under this key;
 *   <li>507 {@code storage-full}: too little room is left;
 *   <li>503 {@code store-unavailable}: the place cannot be reached or fails; repeat later.
 * </ul>
 *
 * <p>An {@code IOException} out of a {@code put} is the <em>source</em> that failed (a client that
 * went away); nothing was stored.
 */
public interface ObjectStore {

  /** Stores what the stream holds; reads it to its end and leaves closing to the caller. */
  StoredObject put(ObjectKey key, InputStream content) throws IOException;

  /** Stores a copy of the file. */
  StoredObject put(ObjectKey key, Path source) throws IOException;

  /**
   * Stores the file and takes it away from the caller, who vouches for its digest; the fastest way,
   * often without copying. On success the source is gone; on failure it is still there.
   */
  StoredObject move(ObjectKey key, Path source, Sha256 sha256);

  /** What is stored under the key; its digest comes from the bytes or from when they were put. */
  Optional<StoredObject> find(ObjectKey key);

  /**
   * The object's bytes, checked <em>before</em> the first one is handed out: what is executed, or
   * trusted without a check of its own, is read this way. Costs up to one more reading.
   */
  InputStream openVerified(StoredObject object);

  /**
   * The object's bytes, checked while they flow: the read that would deliver the end throws {@code
   * object-altered} instead when the digest is not the expected one. For readers who drop
   * everything when the end fails.
   */
  InputStream open(StoredObject object);

  /**
   * A part of the object, not checked except for the object's size; the part lies within the
   * object.
   *
   * @param offset the first byte, from 0
   * @param length how many bytes
   */
  InputStream openRange(StoredObject object, long offset, long length);

  /**
   * The objects whose keys start with the prefix (any text; the empty one is everything), in no
   * particular order. Read lazily: close the stream.
   */
  Stream<ListedObject> list(String prefix);

  /** Deletes the object; false when there was none. */
  boolean delete(ObjectKey key);

  /**
   * A link with which anybody can download the object for a while, or empty when this store has
   * none and the server streams.
   *
   * @param fileName what the browser calls the download
   */
  Optional<URI> link(StoredObject object, Duration validity, String fileName);

  /**
   * Finds out whether the place does its work now, and throws one of the failures when it does not;
   * cheap enough to be asked every few seconds.
   */
  void probe() throws IOException;

  /** Bytes that can still be stored, beyond the reserve; empty when there is no such limit. */
  OptionalLong freeBytes();

  /** Removes what interrupted writes left more than 24 hours ago; answers how many things. */
  int removeLeftovers();
}
