package io.byoa.bundle;

import io.byoa.common.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/**
 * One file of a bundle.
 *
 * @param path relative to the bundle's root, segments separated by {@code /}, in NFC
 * @param size in bytes
 * @param sha256 the digest of its content
 * @param executable whether its content starts with {@code #!} or is an ELF program
 */
public record BundleFile(String path, long size, Sha256 sha256, boolean executable) {

  /** The order in the tar: by the names' bytes, the same on every system. */
  static final Comparator<String> BY_NAME =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

  /** Bytes of content that {@link #isExecutable} wants to see. */
  static final int HEAD = 4;

  /** Whether content that starts with these bytes is a program, whatever its archive says. */
  static boolean isExecutable(byte[] content, int length) {
    boolean script = length >= 2 && content[0] == '#' && content[1] == '!';
    boolean elf =
        length >= 4
            && content[0] == 0x7f
            && content[1] == 'E'
            && content[2] == 'L'
            && content[3] == 'F';
    return script || elf;
  }
}
