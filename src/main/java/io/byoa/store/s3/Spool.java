package io.byoa.store.s3;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.byoa.common.IdSource;
import io.byoa.common.Sha256;
import io.byoa.common.StartRefused;
import io.byoa.store.DiskFolder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
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
 * @param disk holds nothing but names that live microseconds
 */
record Spool(DiskFolder disk, IdSource ids) {

  private static final Logger LOG = Logger.getLogger(S3ObjectStore.class);
  private static final int IN_MEMORY = 1 << 20;

  /** Makes the folder (0700). */
  static Spool in(Path folder, long keepFree, IdSource ids) {
    try {
      Path path = folder.toAbsolutePath().normalize();
      Files.createDirectories(path);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
      return new Spool(new DiskFolder(path, keepFree), ids);
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
    disk.requireRoom();
    FileChannel channel = nameless();
    try {
      MessageDigest digester = Sha256.digester();
      long size = disk.copy(new ByteArrayInputStream(start), channel, digester);
      size += disk.copy(rest, channel, digester);
      return new Content.InFile(channel, size, Sha256.of(digester));
    } catch (IOException | RuntimeException e) {
      close(channel);
      throw e;
    }
  }

  private FileChannel nameless() {
    Path file = disk.path().resolve(ids.next());
    try {
      FileChannel channel =
          FileChannel.open(
              file,
              Set.of(CREATE_NEW, READ, WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.delete(file);
      return channel;
    } catch (IOException e) {
      throw disk.failed(e);
    }
  }

  static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debugf(e, "A file could not be closed.");
    }
  }
}
