package io.byoa.store.file;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import io.byoa.common.IdSource;
import io.byoa.store.DiskFolder;
import java.io.IOException;
import java.io.InputStream;
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
  private static final Set<PosixFilePermission> UNFINISHED =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> FINISHED =
      PosixFilePermissions.fromString("r--r--r--");

  private final Path folder;
  private final DiskFolder disk;
  private final InstantSource time;
  private final IdSource ids;

  UnfinishedFiles(Path folder, DiskFolder disk, InstantSource time, IdSource ids) {
    this.folder = folder;
    this.disk = disk;
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
    try (FileChannel out = create(temporary)) {
      long size = disk.copy(content, out, digester);
      finish(out, temporary);
      return size;
    }
  }

  private FileChannel create(Path temporary) {
    try {
      return FileChannel.open(
          temporary, Set.of(CREATE_NEW, WRITE), PosixFilePermissions.asFileAttribute(UNFINISHED));
    } catch (IOException e) {
      throw disk.failed(e);
    }
  }

  /** Makes the file read-only and writes it to the disk. */
  void finish(FileChannel written, Path file) {
    try {
      Files.setPosixFilePermissions(file, FINISHED);
      written.force(true);
    } catch (IOException e) {
      throw disk.failed(e);
    }
  }

  int removeLeftovers() {
    int removed = 0;
    try (Stream<Path> temporaries = Files.list(folder)) {
      for (Path temporary : (Iterable<Path>) temporaries::iterator) {
        removed += removeWhenOld(temporary) ? 1 : 0;
      }
    } catch (IOException e) {
      throw disk.failed(e);
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
