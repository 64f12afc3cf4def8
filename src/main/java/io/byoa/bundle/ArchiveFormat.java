package io.byoa.bundle;

import io.byoa.common.Failure;
import io.byoa.common.FailureException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The two formats of uploaded code, told apart by their first bytes. */
public enum ArchiveFormat {
  ZIP,
  TAR_GZ;

  /** Bytes that {@link #detect} wants to see. */
  public static final int HEAD = 264;

  private record Magic(String name, int offset, List<Integer> bytes) {
    boolean matches(byte[] head) {
      if (head.length < offset + bytes.size()) {
        return false;
      }
      for (int i = 0; i < bytes.size(); i++) {
        if ((head[offset + i] & 0xff) != bytes.get(i)) {
          return false;
        }
      }
      return true;
    }
  }

  private static final List<Magic> OTHERS =
      List.of(
          new Magic("bzip2", 0, List.of(0x42, 0x5a, 0x68)),
          new Magic("xz", 0, List.of(0xfd, 0x37, 0x7a, 0x58, 0x5a)),
          new Magic("7z", 0, List.of(0x37, 0x7a, 0xbc, 0xaf)),
          new Magic("zstd", 0, List.of(0x28, 0xb5, 0x2f, 0xfd)),
          new Magic("rar", 0, List.of(0x52, 0x61, 0x72, 0x21)),
          new Magic("tar without gzip", 257, List.of(0x75, 0x73, 0x74, 0x61, 0x72)));

  /** The format of content that starts with these bytes; empty when it is another one. */
  public static Optional<ArchiveFormat> of(byte[] head) {
    if (starts(head, 0x50, 0x4b, 3, 4) || starts(head, 0x50, 0x4b, 5, 6)) {
      return Optional.of(ZIP);
    }
    return starts(head, 0x1f, 0x8b) ? Optional.of(TAR_GZ) : Optional.empty();
  }

  /**
   * The format of an upload that starts with these bytes.
   *
   * @throws FailureException 415 {@code archive-format} when it is another one
   */
  static ArchiveFormat detect(byte[] head) {
    return of(head).orElseThrow(() -> other(head).raise());
  }

  private static Failure other(byte[] head) {
    String found =
        head.length == 0
            ? "The upload is empty"
            : OTHERS.stream()
                .filter(magic -> magic.matches(head))
                .findFirst()
                .map(magic -> "The upload looks like " + magic.name)
                .orElse("The upload is neither a zip nor a gzip");
    return new Failure.UnsupportedMediaType(
        "archive-format", found + ". Send a zip (application/zip) or a tar.gz (application/gzip).");
  }

  private static boolean starts(byte[] head, int... magic) {
    return head.length >= magic.length
        && Arrays.equals(toBytes(magic), 0, magic.length, head, 0, magic.length);
  }

  private static byte[] toBytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
