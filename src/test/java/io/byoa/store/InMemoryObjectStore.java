package io.byoa.store;

import io.byoa.common.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/** A store in the heap, for tests of those who use a store; it passes the same contract. */
public final class InMemoryObjectStore implements ObjectStore {

  private static final class Held {
    private final byte[] bytes;
    private final Instant storedAt;

    private Held(byte[] bytes, Instant storedAt) {
      this.bytes = bytes;
      this.storedAt = storedAt;
    }
  }

  private final Map<ObjectKey, Held> objects = new ConcurrentSkipListMap<>();
  private final InstantSource time;
  private volatile OptionalLong freeBytes = OptionalLong.empty();

  public InMemoryObjectStore(InstantSource time) {
    this.time = time;
  }

  /** Changes what is stored behind the port's back, as somebody with access to the bucket would. */
  public void tamper(ObjectKey key, byte[] bytes) {
    objects.put(key, new Held(bytes, time.instant()));
  }

  @Override
  public StoredObject put(ObjectKey key, InputStream content) throws IOException {
    return store(key, content.readAllBytes());
  }

  @Override
  public StoredObject put(ObjectKey key, Path source) throws IOException {
    return store(key, Files.readAllBytes(source));
  }

  @Override
  public StoredObject move(ObjectKey key, Path source, Sha256 sha256) {
    try {
      byte[] bytes = Files.readAllBytes(source);
      StoredObject claimed = new StoredObject(key, bytes.length, sha256);
      if (!Sha256.of(bytes).equals(sha256)) {
        throw StoreFailures.altered(claimed, "the same size with " + Sha256.of(bytes));
      }
      StoredObject stored = store(key, bytes);
      Files.delete(source);
      return stored;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private StoredObject store(ObjectKey key, byte[] bytes) {
    StoredObject stored = new StoredObject(key, bytes.length, Sha256.of(bytes));
    boolean nested =
        objects.keySet().stream()
            .anyMatch(other ->
                other.value().startsWith(key + "/") || key.value().startsWith(other + "/"));
    if (nested) {
      throw StoreFailures.exists(key);
    }
    Held there = objects.putIfAbsent(key, new Held(bytes, time.instant()));
    if (there != null && !Sha256.of(there.bytes).equals(stored.sha256())) {
      throw StoreFailures.exists(key);
    }
    return stored;
  }

  @Override
  public Optional<StoredObject> find(ObjectKey key) {
    return Optional.ofNullable(objects.get(key))
        .map(held -> new StoredObject(key, held.bytes.length, Sha256.of(held.bytes)));
  }

  @Override
  public InputStream openVerified(StoredObject object) {
    byte[] bytes = bytes(object);
    if (!Sha256.of(bytes).equals(object.sha256())) {
      throw StoreFailures.altered(object, "the same size with " + Sha256.of(bytes));
    }
    return new ByteArrayInputStream(bytes);
  }

  @Override
  public InputStream open(StoredObject object) {
    return new CheckingInputStream(new ByteArrayInputStream(bytes(object)), object);
  }

  @Override
  public InputStream openRange(StoredObject object, long offset, long length) {
    if (offset < 0 || length < 0 || offset > object.size() - length) {
      throw new IllegalArgumentException("Not within the object");
    }
    return new ByteArrayInputStream(bytes(object), (int) offset, (int) length);
  }

  private byte[] bytes(StoredObject object) {
    Held held = objects.get(object.key());
    if (held == null) {
      throw StoreFailures.missing(object.key());
    }
    if (held.bytes.length != object.size()) {
      throw StoreFailures.altered(object, held.bytes.length + " bytes");
    }
    return held.bytes;
  }

  @Override
  public Stream<ListedObject> list(String prefix) {
    return objects.entrySet().stream()
        .filter(entry -> entry.getKey().value().startsWith(prefix))
        .map(entry ->
            new ListedObject(
                entry.getKey(), entry.getValue().bytes.length, entry.getValue().storedAt));
  }

  @Override
  public boolean delete(ObjectKey key) {
    return objects.remove(key) != null;
  }

  @Override
  public Optional<URI> link(StoredObject object, Duration validity, String fileName) {
    return Optional.empty();
  }

  @Override
  public void probe() {
    // The heap is always there.
  }

  @Override
  public OptionalLong freeBytes() {
    return freeBytes;
  }

  /** Says from now on that this much can still be stored; it is not enforced. */
  public void say(long free) {
    freeBytes = OptionalLong.of(free);
  }

  @Override
  public int removeLeftovers() {
    return 0;
  }
}
