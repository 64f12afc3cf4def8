package io.byoa.store.s3;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A part of a file, read without moving the channel, which stays open: several threads may read it.
 */
final class ChannelStream extends InputStream {

  private final FileChannel channel;
  private final long end;
  private long next;
  private long mark;

  ChannelStream(FileChannel channel, long from, long length) {
    this.channel = channel;
    this.next = from;
    this.mark = from;
    this.end = from + length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (next == end) {
      return -1;
    }
    int wanted = (int) Math.min(length, end - next);
    int n = channel.read(ByteBuffer.wrap(buffer, offset, wanted), next);
    if (n < 0) {
      throw new EOFException("The file became shorter while it was read.");
    }
    next += n;
    return n;
  }

  @Override
  public long skip(long count) {
    long skipped = Math.clamp(count, 0, end - next);
    next += skipped;
    return skipped;
  }

  @Override
  public int available() {
    return (int) Math.min(end - next, Integer.MAX_VALUE);
  }

  @Override
  public boolean markSupported() {
    return true;
  }

  @Override
  public synchronized void mark(int limit) {
    mark = next;
  }

  @Override
  public synchronized void reset() {
    next = mark;
  }
}
