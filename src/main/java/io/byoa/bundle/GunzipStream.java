package io.byoa.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * What one gzip member (RFC 1952) unpacks to, counted against the budget.
 *
 * <p>The readers of the JDK and of Commons Compress go on with a second member, or pass over what
 * follows, depending on how bytes arrive; here whatever is behind the first member refuses the
 * archive, and so does a wrong length or CRC.
 */
final class GunzipStream extends InputStream {

  private static final int BUFFER = 1 << 16;
  private static final int HEADER_CRC = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xe0;

  private final InputStream in;
  private final Problems problems;
  private final Budget budget;
  private final byte[] buffer = new byte[BUFFER];
  private int next;
  private int end;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private long size;
  private boolean ended;

  GunzipStream(InputStream packed, Problems problems, Budget budget) throws IOException {
    this.in = packed;
    this.problems = problems;
    this.budget = budget;
    header();
    inflater.setInput(buffer, next, end - next);
    crc.reset();
  }

  private void header() throws IOException {
    boolean known = headerByte() == 0x1f && headerByte() == 0x8b && headerByte() == 8;
    int flags = headerByte();
    if (!known || (flags & RESERVED) != 0) {
      throw damaged("its header is not one");
    }
    for (int i = 0; i < 6; i++) { // Time, level and system mean nothing here.
      headerByte();
    }
    if ((flags & EXTRA) != 0) {
      for (int n = headerByte() | headerByte() << 8; n > 0; n--) {
        headerByte();
      }
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    int expected = (int) crc.getValue() & 0xffff;
    if ((flags & HEADER_CRC) != 0 && (headerByte() | headerByte() << 8) != expected) {
      throw damaged("its header's CRC is wrong");
    }
  }

  private void skipText() throws IOException {
    int c;
    do {
      c = headerByte();
    } while (c != 0);
  }

  private int headerByte() throws IOException {
    int value = packedByte();
    crc.update(value);
    return value;
  }

  private int packedByte() throws IOException {
    if (next == end && !fill()) {
      throw damaged("it was cut off");
    }
    return buffer[next++] & 0xff;
  }

  private boolean fill() throws IOException {
    next = 0;
    end = Math.max(0, in.read(buffer));
    return end > 0;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (ended || length == 0) {
      return ended ? -1 : 0;
    }
    int n = inflate(target, offset, length);
    if (n == 0) {
      trailer();
      return -1;
    }
    crc.update(target, offset, n);
    size += n;
    budget.unpacked(n);
    return n;
  }

  /** Some bytes, or 0 at the end of the compressed data. */
  private int inflate(byte[] target, int offset, int length) throws IOException {
    try {
      while (true) {
        int n = inflater.inflate(target, offset, length);
        if (n > 0 || inflater.finished()) {
          return n;
        }
        if (inflater.needsDictionary()) {
          throw damaged("it needs a dictionary");
        }
        if (!fill()) {
          throw damaged("it was cut off");
        }
        inflater.setInput(buffer, 0, end);
      }
    } catch (DataFormatException e) {
      throw damaged("its compressed data cannot be read");
    }
  }

  private void trailer() throws IOException {
    ended = true;
    next = end - inflater.getRemaining();
    inflater.end();
    if (fourBytes() != crc.getValue() || fourBytes() != (size & 0xffff_ffffL)) {
      throw damaged("its content has another CRC or size than it declares");
    }
    if (next < end || fill()) {
      throw problems.fatal(
          "The gzip has data behind its end: another member, or something appended.");
    }
  }

  private long fourBytes() throws IOException {
    long low = packedByte() | packedByte() << 8;
    return low | (long) packedByte() << 16 | (long) packedByte() << 24;
  }

  private RuntimeException damaged(String how) {
    return problems.fatal("The gzip is damaged: %s.".formatted(how));
  }

  @Override
  public void close() {
    inflater.end();
  }
}
