package io.byoa.bundle;

import io.byoa.bundle.ZipDirectory.Entry;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The local headers of a zip (APPNOTE 4.3.7): each one says what the central directory says, and
 * together with the contents they fill the file from its first byte to the directory, without gap
 * or overlap.
 */
final class ZipLocals {

  private static final long SIGNATURE = 0x04034b50L;
  private static final long DESCRIPTOR = 0x08074b50L;
  private static final int LENGTH = 30;
  private static final long NO_NUMBER = 0xffff_ffffL;

  /** Sizes and CRC follow the content instead of preceding it, since the writer could not seek. */
  private static final int STREAMED = 1 << 3;

  private final ZipBytes zip;
  private final Problems problems;

  ZipLocals(ZipBytes zip, Problems problems) {
    this.zip = zip;
    this.problems = problems;
  }

  /** Where the content of each entry starts, in the order of the entries. */
  List<Long> starts(List<Entry> entries, long directory) {
    int[] order =
        IntStream.range(0, entries.size())
            .boxed()
            .sorted(Comparator.comparingLong(i -> entries.get(i).offset()))
            .mapToInt(Integer::intValue)
            .toArray();
    if (entries.isEmpty() ? directory > 0 : entries.get(order[0]).offset() != 0) {
      throw problems.fatal("The zip has data before its first entry.");
    }
    Long[] starts = new Long[entries.size()];
    for (int i = 0; i < order.length; i++) {
      Entry entry = entries.get(order[i]);
      long next = i + 1 < order.length ? entries.get(order[i + 1]).offset() : directory;
      starts[order[i]] = start(entry, Math.min(next, directory));
    }
    return Arrays.asList(starts);
  }

  private long start(Entry entry, long next) {
    long at = entry.offset();
    if (next - at < LENGTH || zip.u32(at) != SIGNATURE) {
      throw problems.fatal(
          entry.shown(), "overlaps another entry, or has no local header where it should.");
    }
    int nameLength = zip.u16(at + 26);
    int extraLength = zip.u16(at + 28);
    long start = at + LENGTH + nameLength + extraLength;
    long gap = next - start - entry.packed();
    if (start > next || gap < 0) {
      throw problems.fatal(entry.shown(), "overlaps what follows it in the zip.");
    }
    String fault = fault(entry, at, nameLength, extraLength);
    if (fault != null) {
      throw problems.fatal(entry.shown(), fault);
    }
    boolean streamed = (entry.flags() & STREAMED) != 0;
    if (streamed ? !isDescriptor(entry, start + entry.packed(), gap) : gap != 0) {
      throw problems.fatal(entry.shown(), "is followed by bytes that belong to no entry.");
    }
    return start;
  }

  private @Nullable String fault(Entry entry, long at, int nameLength, int extraLength) {
    byte[] name = zip.bytes(at + LENGTH, nameLength);
    if (!Arrays.equals(name, entry.rawName())) {
      return "has another name in its local header than in the zip's directory.";
    }
    if (zip.u16(at + 6) != entry.flags() || zip.u16(at + 8) != entry.method()) {
      return "has other flags or another method in its local header than in the zip's directory.";
    }
    ZipExtra extra = new ZipExtra(zip, at + LENGTH + nameLength, extraLength, name);
    if (extra.fault() != null) {
      return extra.fault();
    }
    boolean streamed = (entry.flags() & STREAMED) != 0;
    long packed = zip.u32(at + 18);
    long size = zip.u32(at + 22);
    boolean wide = packed == NO_NUMBER || size == NO_NUMBER;
    if (wide && !extra.hasZip64(2)) {
      return "lacks the sizes in its local header.";
    }
    boolean agrees = agrees(zip.u32(at + 14), entry.crc(), streamed);
    if (wide) {
      agrees &= packed == NO_NUMBER || agrees(packed, entry.packed(), streamed);
      agrees &= size == NO_NUMBER || agrees(size, entry.size(), streamed);
    } else {
      agrees &= agrees(packed, entry.packed(), streamed) && agrees(size, entry.size(), streamed);
    }
    if (extra.hasZip64()) {
      agrees &=
          extra.hasZip64(2)
              && agrees(extra.zip64(0), entry.size(), streamed)
              && agrees(extra.zip64(1), entry.packed(), streamed);
    }
    return agrees ? null : "has another size or CRC in its local header than in the directory.";
  }

  private static boolean agrees(long local, long central, boolean streamed) {
    return local == central || (streamed && local == 0);
  }

  /** CRC and both sizes, of four or eight bytes each, with a signature in front or without. */
  private boolean isDescriptor(Entry entry, long at, long length) {
    boolean signed = length == 16 || length == 24;
    boolean wide = length == 20 || length == 24;
    if (!signed && length != 12 && length != 20) {
      return false;
    }
    long crc = signed ? at + 4 : at;
    long packed = wide ? zip.u64(crc + 4) : zip.u32(crc + 4);
    long size = wide ? zip.u64(crc + 12) : zip.u32(crc + 8);
    return (!signed || zip.u32(at) == DESCRIPTOR)
        && zip.u32(crc) == entry.crc()
        && packed == entry.packed()
        && size == entry.size();
  }
}
