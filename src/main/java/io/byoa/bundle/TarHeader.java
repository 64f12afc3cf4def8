package io.byoa.bundle;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One 512-byte header block of a tar, read strictly (POSIX.1-2017 pax, "ustar Interchange Format",
 * and the GNU variant). Owner and times are not read at all: nothing here depends on them.
 */
final class TarHeader {

  static final int BLOCK = 512;

  private static final byte[] POSIX = "ustar\00000".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] GNU = "ustar  \0".getBytes(StandardCharsets.US_ASCII);
  private static final int MAGIC = 257;
  private static final int CHECKSUM = 148;

  private final byte[] block;

  TarHeader(byte[] block) {
    this.block = block;
  }

  static boolean isZero(byte[] block) {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether the block is a header at all: its checksum is right and its magic is known. */
  boolean isValid() {
    boolean old = block[MAGIC] == 0 && block[MAGIC + 1] == 0;
    return (old || isPosix() || has(GNU)) && number(CHECKSUM, 8) == checksum(block);
  }

  private boolean isPosix() {
    return has(POSIX);
  }

  private boolean has(byte[] magic) {
    return Arrays.equals(block, MAGIC, MAGIC + 8, magic, 0, 8);
  }

  /** The sum of the block's bytes, its own field counted as blanks. */
  static long checksum(byte[] block) {
    long sum = 8 * ' ';
    for (int i = 0; i < BLOCK; i++) {
      sum += i >= CHECKSUM && i < CHECKSUM + 8 ? 0 : block[i] & 0xff;
    }
    return sum;
  }

  byte type() {
    return block[156];
  }

  /** The name in the block itself; a prefix counts in the POSIX form alone. */
  byte[] name() {
    byte[] name = text(0, 100);
    byte[] prefix = isPosix() ? text(345, 155) : new byte[0];
    if (prefix.length == 0) {
      return name;
    }
    byte[] whole = Arrays.copyOf(prefix, prefix.length + 1 + name.length);
    whole[prefix.length] = '/';
    System.arraycopy(name, 0, whole, prefix.length + 1, name.length);
    return whole;
  }

  /** Bytes of content, or -1 when the field is no octal number (a binary one is above 8 GiB). */
  long size() {
    return number(124, 12);
  }

  /** Permission bits, or -1 when the field is no octal number. */
  long mode() {
    return number(100, 8);
  }

  private byte[] text(int offset, int length) {
    int end = offset;
    while (end < offset + length && block[end] != 0) {
      end++;
    }
    return Arrays.copyOfRange(block, offset, end);
  }

  /** Octal digits, blanks before and blanks or NULs behind; an empty field is 0. */
  private long number(int offset, int length) {
    int i = offset;
    int end = offset + length;
    while (i < end && block[i] == ' ') {
      i++;
    }
    long value = 0;
    while (i < end && block[i] >= '0' && block[i] <= '7') {
      value = value * 8 + (block[i++] - '0');
    }
    while (i < end) {
      if (block[i] != 0 && block[i] != ' ') {
        return -1;
      }
      i++;
    }
    return value;
  }
}
