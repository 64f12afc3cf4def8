package io.byoa.bundle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A file that waits to be written to a canonical tar.
 *
 * @param path where it will be
 * @param size bytes of its content
 * @param source opens the content
 */
record PendingFile(String path, long size, Source source) {

  /** Opens a content, as often as it is asked. */
  @FunctionalInterface
  interface Source {
    FileContent open() throws IOException;
  }

  PendingFile at(String newPath) {
    return new PendingFile(newPath, size, source);
  }

  /** Content that lies in a file already. */
  static PendingFile within(String path, FileChannel channel, long offset, long size) {
    return new PendingFile(path, size, () -> new Range(channel, offset, size));
  }

  /** Content that is in memory. */
  static PendingFile of(String path, byte[] bytes) {
    return new PendingFile(path, bytes.length, () -> new Memory(ByteBuffer.wrap(bytes)));
  }

  private static final class Range implements FileContent {
    private final FileChannel channel;
    private final long end;
    private long at;

    Range(FileChannel channel, long offset, long size) {
      this.channel = channel;
      this.at = offset;
      this.end = offset + size;
    }

    @Override
    public int read(byte[] buffer) throws IOException {
      ByteBuffer target = ByteBuffer.wrap(buffer, 0, (int) Math.min(buffer.length, end - at));
      while (target.hasRemaining()) {
        int n = channel.read(target, at);
        if (n < 0) {
          throw new IOException("The spooled file has been cut off");
        }
        at += n;
      }
      return target.position();
    }

    @Override
    public void close() {}
  }

  private record Memory(ByteBuffer bytes) implements FileContent {
    @Override
    public int read(byte[] buffer) {
      int n = Math.min(buffer.length, bytes.remaining());
      bytes.get(buffer, 0, n);
      return n;
    }

    @Override
    public void close() {}
  }
}
