package io.byoa.store;

import io.byoa.common.Sha256;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/**
 * An object's bytes on their way out, digested as they pass: at their end it throws {@code
 * object-altered} instead of saying "end" when they were not the expected ones. Skipping reads.
 */
public final class CheckingInputStream extends FilterInputStream {

  private final StoredObject expected;
  private final MessageDigest digester = Sha256.digester();
  private long passed;
  private boolean checked;

  /** Checks what comes out of {@code content} against {@code expected}. */
  public CheckingInputStream(InputStream content, StoredObject expected) {
    super(content);
    this.expected = expected;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int n = in.read(buffer, offset, length);
    if (n > 0) {
      digester.update(buffer, offset, n);
      passed += n;
      if (passed > expected.size()) {
        throw StoreFailures.altered(expected, "more");
      }
    } else if (n < 0 && !checked) {
      check();
    }
    return n;
  }

  private void check() {
    Sha256 found = Sha256.of(digester);
    if (passed != expected.size() || !found.equals(expected.sha256())) {
      throw StoreFailures.altered(expected, passed + " with " + found);
    }
    checked = true;
  }

  @Override
  public long skip(long count) throws IOException {
    byte[] dropped = new byte[(int) Math.min(count, 1 << 16)];
    long left = count;
    while (left > 0) {
      int n = read(dropped, 0, (int) Math.min(left, dropped.length));
      if (n <= 0) {
        break;
      }
      left -= n;
    }
    return count - left;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
