package io.byoa.store.s3;

import io.byoa.common.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Bytes at hand, whose number and digest are known and which can be read again and again, by
 * several threads, from anywhere: a call to S3 that failed is repeated.
 */
sealed interface Content extends AutoCloseable {

  /** In bytes. */
  long size();

  /** The digest of all bytes. */
  Sha256 sha256();

  /** So many bytes from this one on; both lie within. */
  InputStream open(long from, long length);

  /** Lets go of the bytes. */
  @Override
  void close();

  /** What is in memory. */
  static Content of(byte[] bytes) {
    return new InMemory(bytes);
  }

  /**
   * What is in a file, read once for its digest.
   *
   * @throws IOException when it cannot be read
   */
  static Content of(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      long size = channel.size();
      return new InFile(channel, size, Sha256.of(new ChannelStream(channel, 0, size)));
    } catch (IOException | RuntimeException e) {
      Spool.close(channel);
      throw e;
    }
  }

  /** In the heap, for what is small. */
  final class InMemory implements Content {

    private final byte[] bytes;
    private final Sha256 sha256;

    private InMemory(byte[] bytes) {
      this.bytes = bytes;
      this.sha256 = Sha256.of(bytes);
    }

    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public Sha256 sha256() {
      return sha256;
    }

    @Override
    public InputStream open(long from, long length) {
      return new ByteArrayInputStream(bytes, Math.toIntExact(from), Math.toIntExact(length));
    }

    @Override
    public void close() {
      // The heap looks after itself.
    }
  }

  /** In a file that nobody else changes. */
  record InFile(FileChannel channel, long size, Sha256 sha256) implements Content {

    @Override
    public InputStream open(long from, long length) {
      return new ChannelStream(channel, from, length);
    }

    @Override
    public void close() {
      Spool.close(channel);
    }
  }
}
