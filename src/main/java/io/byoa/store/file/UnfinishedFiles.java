package io.byoa.store.file;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import io.byoa.common.IdSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Files on their way into the store: ours alone (0600) until they are whole, then read-only. */
final class UnfinishedFiles {

  private static final Logger LOG = Logger.getLogger(FileObjectStore.class);
  private static final Duration LEFTOVER_AGE = Duration.ofHours(24);
  private static final int BUFFER = 1 << 18;
  private static final long BETWEEN_ROOM_CHECKS = 64L << 20;
  private static final Set<PosixFilePermission> UNFINISHED =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> FINISHED =
      PosixFilePermissions.fromString("r--r--r--");

  private final Path folder;
  private final FileFailures failures;
  private final InstantSource time;
  private final IdSource ids;

  UnfinishedFiles(Path folder, FileFailures failures, InstantSource time, IdSource ids) {
    this.folder = folder;
    this.failures = failures;
    this.time = time;
    this.ids = ids;
  }

  Path folder() {
    return folder;
  }

  /** A path that nobody else uses. */
  Path next() {
    return folder.resolve(ids.next());
  }

  /** Copies the source durably; only its failures come out as {@code IOException}. */
  long copy(InputStream content, Path temporary, MessageDigest digester) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long size = 0;
    try (FileChannel out = create(temporary)) {
      for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
        if ((size + n) / BETWEEN_ROOM_CHECKS > size / BETWEEN_ROOM_CHECKS) {
          failures.requireRoom();
        }
        digester.update(buffer, 0, n);
        write(out, ByteBuffer.wrap(buffer, 0, n));
        size += n;
      }
      finish(out, temporary);
    }
    return size;
  }

  private FileChannel create(Path temporary) {
    try {
      return FileChannel.open(
          temporary, Set.of(CREATE_NEW, WRITE), PosixFilePermissions.asFileAttribute(UNFINISHED));
    } catch (IOException e) {
      throw failures.failed(e);
    }
  }

  private void write(FileChannel out, ByteBuffer bytes) {
    try {
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
    } catch (IOException e) {
      throw failures.failed(e);
    }
  }

  /** Makes the file read-only and writes it to the disk. */
  void finish(FileChannel written, Path file) {
    try {
      Files.setPosixFilePermissions(file, FINISHED);
      written.force(true);
    } catch (IOException e) {
      throw failures.failed(e);
    }
  }

  int removeLeftovers() {
    int removed = 0;
    try (Stream<Path> temporaries = Files.list(folder)) {
      for (Path temporary : (Iterable<Path>) temporaries::iterator) {
        removed += removeWhenOld(temporary) ? 1 : 0;
      }
    } catch (IOException e) {
      throw failures.failed(e);
    }
    return removed;
  }

  private boolean removeWhenOld(Path temporary) throws IOException {
    try {
      var lastWrite = Files.getLastModifiedTime(temporary).toInstant();
      return lastWrite.plus(LEFTOVER_AGE).isBefore(time.instant())
          && Files.deleteIfExists(temporary);
    } catch (NoSuchFileException e) {
      return false; // Finished meanwhile.
    }
  }

  static void discard(Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      LOG.debugf(e, "%s stays until the leftovers are removed.", temporary);
    }
  }
}
