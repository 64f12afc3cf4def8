package io.byoa.bundle;

import io.byoa.bundle.EntryNames.Name;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The central directory of a zip (APPNOTE 4.3.12), read strictly and compared, entry by entry, with
 * the local headers.
 */
final class ZipDirectory {

  private static final long SIGNATURE = 0x02014b50L;
  private static final int LENGTH = 46;
  private static final long NO_NUMBER = 0xffff_ffffL;

  private static final int ENCRYPTED = 1 | 1 << 6 | 1 << 13;
  private static final int PATCH = 1 << 5;
  static final int STORED = 0;
  static final int DEFLATED = 8;

  /** Bytes that nothing deflates to; some writers deflate folders too. */
  private static final int EMPTY_DEFLATED = 2;

  /** An entry as the central directory tells it; {@code name} holds one byte in each character. */
  record Entry(
      String name, int flags, int method, long crc, long packed, long size, long offset, int kind) {

    byte[] rawName() {
      return name.getBytes(StandardCharsets.ISO_8859_1);
    }

    String shown() {
      return new String(rawName(), StandardCharsets.UTF_8);
    }

    boolean namesFolder() {
      return name.endsWith("/");
    }
  }

  private final ZipBytes zip;
  private final ArchiveLimits limits;
  private final Problems problems;
  private final Budget budget;

  ZipDirectory(ZipBytes zip, ArchiveLimits limits, Problems problems, Budget budget) {
    this.zip = zip;
    this.limits = limits;
    this.problems = problems;
    this.budget = budget;
  }

  /** The files, checked as far as headers allow; others are noted in {@code contents}. */
  List<ZipMember> read(EntryNames names, Contents contents) {
    ZipEnd end = ZipEnd.find(zip, problems);
    if (end.entries() > limits.entries()) {
      throw problems.fatal("The archive has more than %d entries.".formatted(limits.entries()));
    }
    List<Entry> entries = entries(end);
    List<Long> starts = new ZipLocals(zip, problems).starts(entries, end.start());
    List<ZipMember> members = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      Name name = accept(entry, names);
      if (name != null && contents.keeps(name)) {
        members.add(
            new ZipMember(
                name.path(),
                entry.method == DEFLATED,
                entry.crc,
                entry.size,
                entry.packed,
                starts.get(i)));
      }
    }
    return members;
  }

  private List<Entry> entries(ZipEnd end) {
    List<Entry> entries = new ArrayList<>();
    long at = end.start();
    while (at < end.end()) {
      budget.entry();
      if (at + LENGTH > end.end() || zip.u32(at) != SIGNATURE) {
        throw problems.fatal("The zip's directory is damaged.");
      }
      long next = at + LENGTH + zip.u16(at + 28) + zip.u16(at + 30) + zip.u16(at + 32);
      if (next > end.end()) {
        throw problems.fatal("The zip's directory is damaged.");
      }
      entries.add(entry(at));
      at = next;
    }
    if (entries.size() != end.entries()) {
      throw problems.fatal(
          "The zip's end declares %d entries, its directory has %d."
              .formatted(end.entries(), entries.size()));
    }
    return entries;
  }

  private Entry entry(long at) {
    byte[] name = zip.bytes(at + LENGTH, Math.min(zip.u16(at + 28), limits.pathBytes() + 4));
    String shown = new String(name, StandardCharsets.UTF_8);
    if (zip.u16(at + 28) > limits.pathBytes() + 3) {
      throw problems.fatal(shown, "has a path longer than %d bytes.".formatted(limits.pathBytes()));
    }
    ZipExtra extra = new ZipExtra(zip, at + LENGTH + name.length, zip.u16(at + 30), name);
    if (extra.fault() != null) {
      throw problems.fatal(shown, extra.fault());
    }
    long packed = zip.u32(at + 20);
    long size = zip.u32(at + 24);
    long offset = zip.u32(at + 42);
    int wide = 0;
    boolean[] isWide = {size == NO_NUMBER, packed == NO_NUMBER, offset == NO_NUMBER};
    long[] numbers = {size, packed, offset};
    for (int i = 0; i < numbers.length; i++) {
      wide += isWide[i] ? 1 : 0;
    }
    if (wide > 0 ? !extra.hasZip64(wide) : extra.hasZip64()) {
      throw problems.fatal(
          shown, "has a zip64 field that its header does not ask for, or lacks one.");
    }
    for (int i = 0, next = 0; i < numbers.length; i++) {
      numbers[i] = isWide[i] ? extra.zip64(next++) : numbers[i];
    }
    if (numbers[0] < 0 || numbers[1] < 0 || numbers[2] < 0 || zip.u16(at + 34) != 0) {
      throw problems.fatal(shown, "has impossible numbers in its header.");
    }
    return new Entry(
        new String(name, StandardCharsets.ISO_8859_1),
        zip.u16(at + 8),
        zip.u16(at + 10),
        zip.u32(at + 16),
        numbers[1],
        numbers[0],
        numbers[2],
        (int) zip.u32(at + 38));
  }

  private @Nullable Name accept(Entry entry, EntryNames names) {
    String fault = fault(entry);
    if (fault != null) {
      problems.add(entry.shown(), fault);
    }
    Name name = names.check(entry.rawName());
    return name != null && names.take(name) && fault == null ? name : null;
  }

  private @Nullable String fault(Entry entry) {
    if ((entry.flags & ENCRYPTED) != 0) {
      return "is encrypted. Send it without a password.";
    }
    if ((entry.flags & PATCH) != 0) {
      return "is a patch to another file.";
    }
    if (entry.method != STORED && entry.method != DEFLATED) {
      return "is compressed with method %d. Use deflate, or none.".formatted(entry.method);
    }
    if (entry.method == STORED && entry.packed != entry.size) {
      return "is stored, but has two different sizes.";
    }
    if (entry.namesFolder() && (entry.size > 0 || entry.packed > EMPTY_DEFLATED)) {
      return "is a folder with content.";
    }
    if (entry.size > limits.file()) {
      return "unpacks to more than %s. %s"
          .formatted(ArchiveLimits.readable(limits.file()), limits.advice());
    }
    return kindFault(entry);
  }

  /**
   * The upper half of the external attributes is a Unix mode, whatever system the header names:
   * readers exist that obey it from any.
   */
  private static @Nullable String kindFault(Entry entry) {
    int mode = entry.kind >>> 16;
    boolean dosFolder = (entry.kind & 0x10) != 0;
    boolean folder = entry.namesFolder();
    String fault =
        switch (mode & 0170000) {
          case 0 -> dosFolder && !folder ? "is marked as a folder but named as a file." : null;
          case 0100000 -> folder ? "is marked as a file but named as a folder." : null;
          case 0040000 -> folder ? null : "is marked as a folder but named as a file.";
          case 0120000 -> "is a symbolic link. Archive the file itself.";
          case 0020000, 0060000 -> "is a device.";
          case 0010000 -> "is a FIFO.";
          default -> "is of a kind (mode %o) that is neither file nor folder.".formatted(mode);
        };
    if (fault == null && (mode & (folder ? 04000 : 06000)) != 0) {
      fault = "has a set-uid or set-gid bit. Remove it (chmod ug-s).";
    }
    return fault;
  }
}
