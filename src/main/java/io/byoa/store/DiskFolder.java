package io.byoa.store;

import io.byoa.common.FailureException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.jboss.logging.Logger;

/**
 * A folder of this machine that an adapter keeps bytes in, for good or on their way, and what its
 * disk's troubles mean to the store's callers.
 *
 * @param path where it is
 * @param keepFree bytes that stay free on its disk
 */
public record DiskFolder(Path path, long keepFree) {

  private static final Logger LOG = Logger.getLogger(ObjectStore.class);
  private static final int BUFFER = 1 << 18;
  private static final long BETWEEN_ROOM_CHECKS = 64L << 20;

  /** Bytes that may still come, beyond those that stay free. */
  public long freeBytes() {
    try {
      return Math.max(0, Files.getFileStore(path).getUsableSpace() - keepFree);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** Refuses more bytes when there is no room for any. */
  public void requireRoom() {
    if (freeBytes() == 0) {
      throw StoreFailures.full(path.toString());
    }
  }

  /** What this trouble of the disk's is to the store's callers. */
  public FailureException failed(IOException cause) {
    String message = String.valueOf(cause.getMessage());
    if (message.contains("No space left") || message.contains("quota exceeded")) {
      return StoreFailures.full(path.toString());
    }
    LOG.errorf(cause, "The store in %s does not work.", path);
    return StoreFailures.unavailable(path.toString(), cause);
  }

  /**
   * Writes all that the source holds into a file of this folder, digesting it, and looks now and
   * then whether there is still room.
   *
   * @return how many bytes it was
   * @throws IOException when the source fails; the disk's troubles are the store's failures
   */
  public long copy(InputStream source, FileChannel file, MessageDigest digester)
      throws IOException {
    byte[] buffer = new byte[BUFFER];
    long size = 0;
    for (int n = source.read(buffer); n >= 0; n = source.read(buffer)) {
      if ((size + n) / BETWEEN_ROOM_CHECKS > size / BETWEEN_ROOM_CHECKS) {
        requireRoom();
      }
      digester.update(buffer, 0, n);
      write(file, ByteBuffer.wrap(buffer, 0, n));
      size += n;
    }
    return size;
  }

  private void write(FileChannel file, ByteBuffer bytes) {
    try {
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }
}
