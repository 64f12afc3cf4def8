package io.byoa.bundle;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The content of one file of a zip, inflated; at its end its size, its CRC and its packed size are
 * what the headers declare, or the archive is refused.
 */
final class ZipContent implements FileContent {

  private final ZipMember member;
  private final Problems problems;
  private final ByteBuffer packed;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private long size;

  ZipContent(ZipBytes zip, ZipMember member, Problems problems) {
    this.member = member;
    this.problems = problems;
    packed = zip.buffer(member.start(), member.packed());
    inflater.setInput(packed);
  }

  @Override
  public int read(byte[] buffer) {
    int n = 0;
    while (n < buffer.length) {
      int more = some(buffer, n);
      if (more == 0) {
        break;
      }
      n += more;
    }
    crc.update(buffer, 0, n);
    size += n;
    if (size > member.size()) {
      throw wrong();
    }
    if (n < buffer.length) {
      boolean exhausted = !member.deflated() || (inflater.finished() && !packed.hasRemaining());
      if (!exhausted || size != member.size() || crc.getValue() != member.crc()) {
        throw wrong();
      }
    }
    return n;
  }

  private int some(byte[] buffer, int offset) {
    if (!member.deflated()) {
      int n = Math.min(buffer.length - offset, packed.remaining());
      packed.get(buffer, offset, n);
      return n;
    }
    try {
      return inflater.inflate(buffer, offset, buffer.length - offset);
    } catch (DataFormatException e) {
      throw problems.fatal(member.path(), "is damaged: its compressed data cannot be read.");
    }
  }

  private RuntimeException wrong() {
    return problems.fatal(
        member.path(), "is damaged: it is not of the size or CRC that the zip declares.");
  }

  @Override
  public void close() {
    inflater.end();
  }
}
