package io.byoa.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Content whose last piece is handed out only when its source has confirmed its end: a source that
 * finds at the end that its bytes are wrong leaves the reader with less than was announced, and
 * never with something that looks whole.
 *
 * <p>A failure also runs {@code abort}, since HTTP/2 would end the answer like a complete one.
 */
final class HeldBackStream extends InputStream {

  private static final int PIECE = 1 << 16;

  private final InputStream source;
  private final Runnable abort;
  private byte[] ready = new byte[PIECE];
  private byte[] ahead = new byte[PIECE];
  private int from;
  private int to;
  private int aheadLength = -1;
  private boolean started;

  HeldBackStream(InputStream source, Runnable abort) {
    this.source = source;
    this.abort = abort;
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
    if (from == to && !advanceOrAbort()) {
      return -1;
    }
    int n = Math.min(length, to - from);
    System.arraycopy(ready, from, buffer, offset, n);
    from += n;
    return n;
  }

  /**
   * Reads the first piece already, so that what is wrong with content of one piece is found before
   * the answer begins. Closes the source when it fails.
   */
  HeldBackStream begun() {
    try {
      advance();
      return this;
    } catch (IOException e) {
      closeQuietly();
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      closeQuietly();
      throw e;
    }
  }

  private void closeQuietly() {
    try {
      close();
    } catch (IOException _) {
      // The first failure is the one to tell.
    }
  }

  private boolean advanceOrAbort() throws IOException {
    try {
      return advance();
    } catch (IOException | RuntimeException e) {
      abort.run();
      throw e;
    }
  }

  private boolean advance() throws IOException {
    if (!started) {
      started = true;
      aheadLength = source.readNBytes(ahead, 0, PIECE);
    }
    if (aheadLength <= 0) {
      return false;
    }
    byte[] empty = ready;
    ready = ahead;
    from = 0;
    to = aheadLength;
    ahead = empty;
    // A full piece may be the last one too; only a read that meets the end confirms it.
    aheadLength = source.readNBytes(ahead, 0, PIECE);
    return true;
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
