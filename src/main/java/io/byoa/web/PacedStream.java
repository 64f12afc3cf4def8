package io.byoa.web;

import io.vertx.core.Context;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Content that is handed out no faster than its connection takes it.
 *
 * <p>A write from another thread is a task of the connection's event loop, and counts for nothing
 * until the loop gets to it. Many downloads that start at once would fill the heap with such tasks
 * before any connection says that it is full; so after each stretch this waits for the loop to
 * catch up.
 */
final class PacedStream extends FilterInputStream {

  private static final int STRETCH = 1 << 16;
  private static final int PATIENCE_SECONDS = 60;

  private final Context connection;
  private int sinceWait;

  PacedStream(InputStream content, Context connection) {
    super(content);
    this.connection = connection;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (sinceWait >= STRETCH) {
      awaitConnection();
      sinceWait = 0;
    }
    int n = in.read(buffer, offset, Math.min(length, STRETCH));
    sinceWait += Math.max(n, 0);
    return n;
  }

  private void awaitConnection() throws InterruptedIOException {
    CountDownLatch caughtUp = new CountDownLatch(1);
    connection.runOnContext(nothing -> caughtUp.countDown());
    try {
      if (!caughtUp.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new InterruptedIOException("The connection did not move on");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while a download waited for its connection");
    }
  }
}
