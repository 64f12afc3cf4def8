package io.byoa.bundle;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The bytes between the files of a canonical tar.
 *
 * <p>Written by hand and pinned by a test, since the tar's digest is the identity of what was
 * published: no library's next version may change a bit of it. Every file has one ustar header
 * (POSIX.1-2017): name, mode 0644 or 0755, owner and group 0 without names, size, modified
 * 1980-01-01T00:00:00Z (the earliest time that zips and common tools take). A path that is not
 * ASCII or longer than 100 bytes comes in a pax header of one record in front. No folders: they
 * follow from the paths. Two empty blocks end it.
 */
final class TarLayout {

  static final int BLOCK = TarHeader.BLOCK;
  static final int END = 2 * BLOCK;
  static final long MODIFIED = 315_532_800L;

  private static final int NAME = 100;
  private static final byte[] PAX_NAME = ascii("PaxHeader");

  private TarLayout() {}

  /** Everything that comes before the file's content. */
  static byte[] header(String path, long size, boolean executable) {
    byte[] name = path.getBytes(StandardCharsets.UTF_8);
    if (isPlain(name)) {
      return block(name, size, executable ? 0755 : 0644, '0');
    }
    byte[] record = paxRecord(name);
    byte[] pax = block(PAX_NAME, record.length, 0644, 'x');
    byte[] file = block(PAX_NAME, size, executable ? 0755 : 0644, '0');
    byte[] all = Arrays.copyOf(pax, BLOCK + padded(record.length) + BLOCK);
    System.arraycopy(record, 0, all, BLOCK, record.length);
    System.arraycopy(file, 0, all, all.length - BLOCK, BLOCK);
    return all;
  }

  private static boolean isPlain(byte[] name) {
    if (name.length > NAME) {
      return false;
    }
    for (byte b : name) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  private static byte[] paxRecord(byte[] name) {
    // The length counts its own digits: "17 path=é.txt\n".
    int rest = name.length + " path=\n".length();
    int length = rest + Integer.toString(rest).length();
    length = rest + Integer.toString(length).length();
    byte[] front = ascii(length + " path=");
    byte[] record = Arrays.copyOf(front, length);
    System.arraycopy(name, 0, record, front.length, name.length);
    record[length - 1] = '\n';
    return record;
  }

  private static byte[] block(byte[] name, long size, int mode, char type) {
    byte[] block = new byte[BLOCK];
    System.arraycopy(name, 0, block, 0, name.length);
    octal(block, 100, 8, mode);
    octal(block, 108, 8, 0);
    octal(block, 116, 8, 0);
    octal(block, 124, 12, size);
    octal(block, 136, 12, MODIFIED);
    block[156] = (byte) type;
    System.arraycopy(ascii("ustar\00000"), 0, block, 257, 8);
    octal(block, 329, 8, 0);
    octal(block, 337, 8, 0);
    // Six digits, NUL, blank: what every writer since the first has put into this field.
    octal(block, 148, 7, TarHeader.checksum(block));
    block[155] = ' ';
    return block;
  }

  private static void octal(byte[] block, int offset, int length, long value) {
    byte[] digits = ascii(Long.toOctalString(value));
    if (digits.length > length - 1) {
      throw new IllegalArgumentException("Too large for a tar header: " + value);
    }
    int start = offset + length - 1 - digits.length;
    Arrays.fill(block, offset, start, (byte) '0');
    System.arraycopy(digits, 0, block, start, digits.length);
  }

  /** The size of content and what fills its last block. */
  static int padded(int size) {
    return (int) padded((long) size);
  }

  /** The size of content and what fills its last block. */
  static long padded(long size) {
    return (size + BLOCK - 1) / BLOCK * BLOCK;
  }

  /** Where the contents start in the canonical tar of exactly these files, which are sorted. */
  static long[] offsets(List<BundleFile> files) {
    long[] offsets = new long[files.size()];
    long at = 0;
    for (int i = 0; i < offsets.length; i++) {
      BundleFile file = files.get(i);
      at += header(file.path(), file.size(), file.executable()).length;
      offsets[i] = at;
      at += padded(file.size());
    }
    return offsets;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
