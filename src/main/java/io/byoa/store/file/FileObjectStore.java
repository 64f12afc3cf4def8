package io.byoa.store.file;

import static java.nio.file.StandardOpenOption.READ;

import io.byoa.common.Failure;
import io.byoa.common.FailureException;
import io.byoa.common.IdSource;
import io.byoa.common.Sha256;
import io.byoa.common.StartRefused;
import io.byoa.store.CheckingInputStream;
import io.byoa.store.DiskFolder;
import io.byoa.store.ListedObject;
import io.byoa.store.ObjectKey;
import io.byoa.store.ObjectStore;
import io.byoa.store.StoreFailures;
import io.byoa.store.StoredObject;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.io.input.BoundedInputStream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Objects as files under {@code <folder>/objects/<key>}, read-only, in a folder that only the
 * server's user can enter (0700); {@code <folder>/unfinished} holds writes on their way.
 *
 * <p>A digest is never noted beside an object and believed: it is read from the bytes, and
 * remembered as long as the kernel says that they have not changed ({@link CheckedContent}). So a
 * copied or restored folder needs nothing else, and what somebody swapped is found.
 */
@Singleton
@Identifier("file")
final class FileObjectStore implements ObjectStore {

  private static final Logger LOG = Logger.getLogger(FileObjectStore.class);
  private static final Set<PosixFilePermission> OURS = PosixFilePermissions.fromString("rwx------");

  private final Path root;
  private final Path objects;
  private final UnfinishedFiles unfinished;
  private final DiskFolder disk;
  private final DurableFolder durable;
  private final CheckedContent contents;

  /** Replicas that share the folder must not delete each other's. */
  private final ObjectKey health;

  FileObjectStore(FileStoreConfig config, InstantSource time, IdSource ids) {
    root = config.folder().toAbsolutePath().normalize();
    objects = root.resolve("objects");
    disk = new DiskFolder(root, config.keepFree().asLongValue());
    unfinished = new UnfinishedFiles(root.resolve("unfinished"), disk, time, ids);
    durable = new DurableFolder(objects);
    contents = new CheckedContent(time);
    health = ObjectKey.of("health", ids.next());
    try {
      // The data folder above is not ours to close: the database's own user passes through it.
      Files.createDirectories(root);
      Files.setPosixFilePermissions(root, OURS);
      Files.createDirectories(objects);
      Files.createDirectories(unfinished.folder());
      DurableFolder.sync(root);
    } catch (IOException e) {
      throw new StartRefused(
          "The store's folder %s cannot be used (%s). Set BYOA_STORE_FILE_FOLDER (byoa.store.file.folder) to one that this user may write."
              .formatted(root, e),
          e);
    }
  }

  @Override
  public StoredObject put(ObjectKey key, Path source) throws IOException {
    try (InputStream content = Files.newInputStream(source)) {
      return put(key, content);
    }
  }

  @Override
  public StoredObject put(ObjectKey key, InputStream content) throws IOException {
    disk.requireRoom();
    Path temporary = unfinished.next();
    try {
      MessageDigest digester = Sha256.digester();
      long size = unfinished.copy(content, temporary, digester);
      return publish(temporary, new StoredObject(key, size, Sha256.of(digester)));
    } finally {
      UnfinishedFiles.discard(temporary);
    }
  }

  @Override
  public StoredObject move(ObjectKey key, Path source, Sha256 sha256) {
    try {
      boolean here = Files.getFileStore(source).equals(Files.getFileStore(root));
      if (!here) {
        return moveFromElsewhere(key, source, sha256);
      }
      try (FileChannel channel = FileChannel.open(source, READ)) {
        unfinished.finish(channel, source);
      }
      StoredObject stored = publish(source, new StoredObject(key, Files.size(source), sha256));
      Files.deleteIfExists(source);
      return stored;
    } catch (IOException e) {
      throw disk.failed(e);
    }
  }

  private StoredObject moveFromElsewhere(ObjectKey key, Path source, Sha256 sha256)
      throws IOException {
    StoredObject claimed = new StoredObject(key, Files.size(source), sha256);
    try (InputStream content = new CheckingInputStream(Files.newInputStream(source), claimed)) {
      StoredObject stored = put(key, content);
      Files.delete(source);
      return stored;
    }
  }

  private StoredObject publish(Path finished, StoredObject object) {
    try {
      if (durable.publish(finished, path(object.key()))) {
        return object;
      }
      StoredObject there = find(object.key()).orElseThrow(() -> StoreFailures.exists(object.key()));
      if (!there.equals(object)) {
        throw StoreFailures.exists(object.key());
      }
      return there;
    } catch (IOException e) {
      throw disk.failed(e);
    }
  }

  @Override
  public Optional<StoredObject> find(ObjectKey key) {
    Path file = path(key);
    try (FileChannel channel = opened(file)) {
      if (channel == null) {
        return Optional.empty();
      }
      return Optional.of(new StoredObject(key, channel.size(), contents.digest(file, channel)));
    } catch (IOException e) {
      throw disk.failed(e);
    }
  }

  @Override
  public InputStream openVerified(StoredObject object) {
    return open(
        object,
        channel -> {
          Sha256 found = contents.digest(path(object.key()), channel);
          if (!found.equals(object.sha256())) {
            throw altered(object, "the same size with " + found);
          }
          return stream(channel);
        });
  }

  @Override
  public InputStream open(StoredObject object) {
    return open(object, channel -> new CheckingInputStream(stream(channel), object));
  }

  @Override
  public InputStream openRange(StoredObject object, long offset, long length) {
    if (offset < 0 || length < 0 || offset > object.size() - length) {
      throw new IllegalArgumentException(
          "Not within %s: %d bytes from %d".formatted(object, length, offset));
    }
    return open(
        object,
        channel -> {
          channel.position(offset);
          return BoundedInputStream.builder()
              .setInputStream(stream(channel))
              .setMaxCount(length)
              .get();
        });
  }

  private interface Reading {
    InputStream of(FileChannel channel) throws IOException;
  }

  private InputStream open(StoredObject object, Reading reading) {
    FileChannel channel = null;
    try {
      channel = opened(path(object.key()));
      if (channel == null) {
        throw StoreFailures.missing(object.key());
      }
      if (channel.size() != object.size()) {
        throw altered(object, channel.size() + " bytes");
      }
      return reading.of(channel);
    } catch (IOException | RuntimeException e) {
      close(channel);
      throw e instanceof IOException failure ? disk.failed(failure) : (RuntimeException) e;
    }
  }

  private static InputStream stream(FileChannel channel) {
    return Channels.newInputStream(channel);
  }

  @Override
  public Stream<ListedObject> list(String prefix) {
    int folderEnd = prefix.lastIndexOf('/');
    Path start;
    try {
      start = folderEnd < 0 ? objects : path(new ObjectKey(prefix.substring(0, folderEnd)));
    } catch (IllegalArgumentException e) {
      return Stream.empty();
    }
    if (!Files.isDirectory(start)) {
      return Stream.empty();
    }
    return new FileListing(objects, disk)
        .below(start)
        .filter(listed -> listed.key().value().startsWith(prefix));
  }

  @Override
  public boolean delete(ObjectKey key) {
    try {
      Path file = path(key);
      return !Files.isDirectory(file) && durable.delete(file);
    } catch (IOException e) {
      throw disk.failed(e);
    }
  }

  @Override
  public Optional<URI> link(StoredObject object, Duration validity, String fileName) {
    return Optional.empty();
  }

  /** Takes a tiny object and lets go of it; without room for it, {@link #freeBytes} says so. */
  @Override
  public void probe() throws IOException {
    try {
      put(health, new ByteArrayInputStream(new byte[] {1}));
    } catch (FailureException e) {
      if (e.failure() instanceof Failure.InsufficientStorage) {
        return;
      }
      throw e;
    }
    if (!delete(health)) {
      throw new IOException("What was stored a moment ago is not there any more.");
    }
  }

  @Override
  public OptionalLong freeBytes() {
    return OptionalLong.of(disk.freeBytes());
  }

  @Override
  public int removeLeftovers() {
    return unfinished.removeLeftovers();
  }

  private Path path(ObjectKey key) {
    return objects.resolve(key.value());
  }

  private static @Nullable FileChannel opened(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return null;
    }
    try {
      return FileChannel.open(file, READ, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private static FailureException altered(StoredObject expected, String found) {
    FailureException failure = StoreFailures.altered(expected, found);
    LOG.error(failure.getMessage());
    return failure;
  }

  private static void close(@Nullable FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      LOG.debugf(e, "A reading channel could not be closed.");
    }
  }
}
