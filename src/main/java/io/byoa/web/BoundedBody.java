package io.byoa.web;

import io.byoa.common.Failure;
import io.byoa.common.FailureException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/** A request's body that fails once it has become too large or has taken too long. */
final class BoundedBody extends FilterInputStream {

  private final long limit;
  private final long deadline;
  private long read;

  BoundedBody(InputStream body, long bytes, long seconds) {
    super(body);
    this.limit = bytes;
    this.deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
  }

  static Failure tooLarge(long limit) {
    return new Failure.TooLarge(
        "body-too-large",
        "The body is larger than the %,d bytes that this route accepts.".formatted(limit));
  }

  @Override
  public int read() throws IOException {
    int octet = timed(super::read);
    count(octet < 0 ? 0 : 1);
    return octet;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int count = timed(() -> super.read(buffer, offset, length));
    count(Math.max(count, 0));
    return count;
  }

  @Override
  public long skip(long n) throws IOException {
    long skipped = super.skip(n);
    count(skipped);
    return skipped;
  }

  /** The server's own limit on a pause is told by its message alone. */
  private static int timed(Reading reading) throws IOException {
    try {
      return reading.read();
    } catch (IOException e) {
      if ("Read timed out".equals(e.getMessage())) {
        throw (SocketTimeoutException) new SocketTimeoutException(e.getMessage()).initCause(e);
      }
      throw e;
    }
  }

  private interface Reading {
    int read() throws IOException;
  }

  private void count(long more) throws SocketTimeoutException {
    read += more;
    if (read > limit) {
      throw new FailureException(tooLarge(limit));
    }
    if (System.nanoTime() > deadline) {
      throw new SocketTimeoutException("The body took too long to arrive");
    }
  }
}
