package io.byoa.store.s3;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.byoa.common.FailureException;
import io.byoa.common.IdSource;
import io.byoa.common.Sha256;
import io.byoa.common.StartRefused;
import io.byoa.store.StoreFailures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Where a stream becomes {@link Content}: what is small stays in memory, the rest goes to a file
 * without a name, which the kernel takes away when it is closed or when this process dies.
 *
 * @param folder holds nothing but names that live microseconds
 * @param keepFree bytes that stay free on its disk
 */
record Spool(Path folder, long keepFree, IdSource ids) {

  private static final Logger LOG = Logger.getLogger(S3ObjectStore.class);
  private static final int IN_MEMORY = 1 << 20;
  private static final int BUFFER = 1 << 18;
  private static final long BETWEEN_ROOM_CHECKS = 64L << 20;

  /** Makes the folder (0700). */
  static Spool in(Path folder, long keepFree, IdSource ids) {
    try {
      Path path = folder.toAbsolutePath().normalize();
      Files.createDirectories(path);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
      return new Spool(path, keepFree, ids);
    } catch (IOException e) {
      throw new StartRefused(
          "The folder %s cannot be used (%s). Set BYOA_S3_SPOOL (byoa.s3.spool) to one that this user may write."
              .formatted(folder, e),
          e);
    }
  }

  /**
   * All that the stream holds.
   *
   * @throws IOException when the stream fails; the spool's own troubles are the store's failures
   */
  Content take(InputStream source) throws IOException {
    byte[] start = source.readNBytes(IN_MEMORY + 1);
    return start.length <= IN_MEMORY ? Content.of(start) : inFile(start, source);
  }

  private Content inFile(byte[] start, InputStream rest) throws IOException {
    requireRoom();
    FileChannel channel = nameless();
    try {
      MessageDigest digester = Sha256.digester();
      digester.update(start);
      write(channel, ByteBuffer.wrap(start));
      long size = start.length;
      byte[] buffer = new byte[BUFFER];
      for (int n = rest.read(buffer); n >= 0; n = rest.read(buffer)) {
        if ((size + n) / BETWEEN_ROOM_CHECKS > size / BETWEEN_ROOM_CHECKS) {
          requireRoom();
        }
        digester.update(buffer, 0, n);
        write(channel, ByteBuffer.wrap(buffer, 0, n));
        size += n;
      }
      return new Content.InFile(channel, size, Sha256.of(digester));
    } catch (IOException | RuntimeException e) {
      close(channel);
      throw e;
    }
  }

  private FileChannel nameless() {
    Path file = folder.resolve(ids.next());
    try {
      FileChannel channel =
          FileChannel.open(
              file,
              Set.of(CREATE_NEW, READ, WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.delete(file);
      return channel;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private void write(FileChannel channel, ByteBuffer bytes) {
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private void requireRoom() {
    try {
      if (Files.getFileStore(folder).getUsableSpace() <= keepFree) {
        throw StoreFailures.full(folder.toString());
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private FailureException failed(IOException e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("No space left") || message.contains("quota exceeded")) {
      return StoreFailures.full(folder.toString());
    }
    LOG.errorf(e, "The folder %s does not work.", folder);
    return StoreFailures.unavailable(folder.toString(), e);
  }

  static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debugf(e, "A file could not be closed.");
    }
  }
}
