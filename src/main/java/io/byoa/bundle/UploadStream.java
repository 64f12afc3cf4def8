package io.byoa.bundle;

import io.byoa.common.Failure;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A request body, counted and cut off at its limit; remembers whether it was the client who failed.
 */
final class UploadStream extends FilterInputStream {

  private final ArchiveLimits limits;
  private long count;
  private @Nullable IOException broken;

  UploadStream(InputStream body, ArchiveLimits limits) {
    super(body);
    this.limits = limits;
  }

  /** Bytes that came so far. */
  long count() {
    return count;
  }

  /** What the client's side failed with, if it did. */
  @Nullable IOException broken() {
    return broken;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int n;
    try {
      n = in.read(buffer, offset, length);
    } catch (IOException e) {
      broken = e;
      throw e;
    }
    limits.checkRoom(count, Math.max(0, n));
    count += Math.max(0, n);
    if (count > limits.upload()) {
      throw new Failure.TooLarge(
              "archive-too-large",
              "The upload is larger than %s. %s"
                  .formatted(ArchiveLimits.readable(limits.upload()), limits.advice()))
          .raise();
    }
    return n;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
