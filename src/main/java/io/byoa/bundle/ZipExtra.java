package io.byoa.bundle;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The extra fields of one zip header: those that could give the entry another name, size or kind
 * are read, or are a fault; times and owners are passed over.
 */
final class ZipExtra {

  private static final int ZIP64 = 0x0001;
  private static final int PKWARE_UNIX = 0x000d;
  private static final int UNICODE_PATH = 0x7075;
  private static final int ASI_UNIX = 0x756e;
  private static final int AES = 0x9901;

  private final ZipBytes zip;
  private long zip64 = -1;
  private int zip64Length;
  private @Nullable String fault;

  ZipExtra(ZipBytes zip, long at, int length, byte[] name) {
    this.zip = zip;
    long end = at + length;
    long next = at;
    while (next < end && fault == null) {
      if (next + 4 > end || next + 4 + zip.u16(next + 2) > end) {
        fault = "has a damaged extra field.";
        return;
      }
      fault = field(zip.u16(next), next + 4, zip.u16(next + 2), name);
      next += 4 + zip.u16(next + 2);
    }
  }

  private @Nullable String field(int tag, long at, int length, byte[] name) {
    return switch (tag) {
      case ZIP64 -> {
        if (zip64 >= 0) {
          yield "has two zip64 fields.";
        }
        zip64 = at;
        zip64Length = length;
        yield null;
      }
      case UNICODE_PATH ->
          length >= 5 && Arrays.equals(zip.bytes(at + 5, length - 5), name)
              ? null
              : "has a second name, '%s', in an extra field.".formatted(second(at, length));
      case PKWARE_UNIX -> length > 12 ? "is a link or device, says an extra field." : null;
      case ASI_UNIX -> "has an extra field (ASi Unix) that can make it a link.";
      case AES -> "is encrypted.";
      default -> null;
    };
  }

  private String second(long at, int length) {
    return length < 5
        ? ""
        : Problems.printable(new String(zip.bytes(at + 5, length - 5), StandardCharsets.UTF_8));
  }

  /** What is wrong, to follow the entry's name; null when nothing is. */
  @Nullable String fault() {
    return fault;
  }

  /** Whether a zip64 field has exactly this many 8-byte numbers. */
  boolean hasZip64(int numbers) {
    return zip64 >= 0 && zip64Length == 8 * numbers;
  }

  boolean hasZip64() {
    return zip64 >= 0;
  }

  /** A number of the zip64 field, counted from 0. */
  long zip64(int index) {
    return zip.u64(zip64 + 8L * index);
  }
}
