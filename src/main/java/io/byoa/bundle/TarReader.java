package io.byoa.bundle;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A tar read once from start to end, refusing where common readers guess: a wrong checksum, a
 * missing end, bytes behind it, sizes or names on which two headers disagree.
 */
final class TarReader {

  /** Long names and pax headers are small; this is far above what a name of 1,024 bytes needs. */
  private static final int LONGEST_EXTENSION = 1 << 16;

  /** What an entry is, as far as it matters here. */
  enum Kind {
    FILE,
    FOLDER,
    REFUSED
  }

  /** The entry whose content follows; a refused one's reason has been noted. */
  static final class Entry {
    final byte[] name;
    final Kind kind;
    final long size;

    Entry(byte[] name, Kind kind, long size) {
      this.name = name;
      this.kind = kind;
      this.size = size;
    }

    String shown() {
      return new String(name, StandardCharsets.UTF_8);
    }
  }

  private final InputStream in;
  private final Problems problems;
  private final byte[] block = new byte[TarHeader.BLOCK];
  private long left;
  private int padding;
  private byte @Nullable [] longName;
  private @Nullable PaxRecords pax;

  TarReader(InputStream in, Problems problems) {
    this.in = in;
    this.problems = problems;
  }

  /** The next entry, passing over what is left of the former; null at the archive's end. */
  @Nullable Entry next() throws IOException {
    skip();
    while (true) {
      if (!readBlock()) {
        throw problems.fatal("The tar ends without its two empty blocks: it was cut off.");
      }
      if (TarHeader.isZero(block)) {
        end();
        return null;
      }
      TarHeader header = new TarHeader(block.clone());
      if (!header.isValid()) {
        throw problems.fatal("The tar is damaged: a header's checksum or magic is wrong.");
      }
      Entry entry = read(header);
      if (entry != null) {
        return entry;
      }
    }
  }

  private @Nullable Entry read(TarHeader header) throws IOException {
    long size = header.size();
    String shown = new String(header.name(), StandardCharsets.UTF_8);
    if (size < 0) {
      throw problems.fatal(shown, "has a size that is no octal number.");
    }
    return switch (header.type()) {
      case 'x' -> {
        requireFirst(pax == null, shown);
        pax = records(shown, size, false);
        yield null;
      }
      case 'g' -> {
        records(shown, size, true);
        yield null;
      }
      case 'L' -> {
        requireFirst(longName == null, shown);
        longName = untilNul(extension(shown, size));
        yield null;
      }
      default -> entry(header, size);
    };
  }

  private void requireFirst(boolean first, String shown) {
    if (!first) {
      throw problems.fatal(shown, "is the second header of its kind for one entry.");
    }
  }

  private PaxRecords records(String shown, long size, boolean global) throws IOException {
    PaxRecords records = PaxRecords.parse(extension(shown, size), global);
    if (global && records.fault() != null) {
      problems.add(shown, records.fault());
    }
    return records;
  }

  private byte[] extension(String shown, long size) throws IOException {
    if (size > LONGEST_EXTENSION) {
      throw problems.fatal(
          shown, "is an extension header larger than %d bytes.".formatted(LONGEST_EXTENSION));
    }
    begin(size);
    byte[] content = new byte[(int) size];
    int n = 0;
    while (n < content.length) {
      n += read(content, n, content.length - n);
    }
    skip();
    return content;
  }

  private Entry entry(TarHeader header, long size) {
    byte[] name = header.name();
    if (longName != null) {
      name = longName;
    }
    if (pax != null && pax.path() != null) {
      if (longName != null) {
        problems.add(new String(name, StandardCharsets.UTF_8), "has a GNU and a pax long name.");
      }
      name = pax.path();
    }
    String shown = new String(name, StandardCharsets.UTF_8);
    if (pax != null && pax.disputes(size)) {
      throw problems.fatal(shown, "has another size in its pax header than in its own.");
    }
    String fault = pax == null ? null : pax.fault();
    Kind kind = fault == null ? kind(header, size, shown, name) : Kind.REFUSED;
    if (fault != null) {
      problems.add(shown, fault);
    }
    longName = null;
    pax = null;
    begin(size);
    return new Entry(name, kind, size);
  }

  private Kind kind(TarHeader header, long size, String shown, byte[] name) {
    boolean slash = name.length > 0 && name[name.length - 1] == '/';
    byte type = header.type();
    String fault =
        switch (type) {
          case '0', 0 -> slash && type == '0' ? "is a file whose name ends in /." : null;
          case '5' -> null;
          case '1' -> "is a hard link. Archive the file itself.";
          case '2' -> "is a symbolic link. Archive the file itself.";
          case '3', '4' -> "is a device.";
          case '6' -> "is a FIFO.";
          case 'S' -> "is a sparse file. Archive without --sparse.";
          case 'K' -> "is a link's long target. Archive files, not links.";
          default ->
              "is of a kind (%s) that is neither file nor folder."
                  .formatted(Problems.printable(String.valueOf((char) (type & 0xff))));
        };
    boolean folder = type == '5' || (type == 0 && slash);
    boolean plain = fault == null && !folder;
    if (!plain && size > 0) {
      // Readers differ on whether content follows here, so nothing behind it can be trusted.
      throw problems.fatal(shown, fault == null ? "is a folder with content." : fault);
    }
    if (fault == null) {
      fault = modeFault(header.mode(), folder);
    }
    if (fault != null) {
      problems.add(shown, fault);
      return Kind.REFUSED;
    }
    return folder ? Kind.FOLDER : Kind.FILE;
  }

  /** Folders that hand their group down (set-gid) are common on shared disks, and not kept. */
  private static @Nullable String modeFault(long mode, boolean folder) {
    if (mode < 0) {
      return "has a mode that is no octal number.";
    }
    long refused = folder ? 04000 : 06000;
    return (mode & refused) == 0 ? null : "has a set-uid or set-gid bit. Remove it (chmod ug-s).";
  }

  private void begin(long size) {
    left = size;
    padding = (int) (-size & (TarHeader.BLOCK - 1));
  }

  /** Content of the current entry; -1 at its end. */
  int read(byte[] buffer, int offset, int length) throws IOException {
    if (left == 0) {
      return -1;
    }
    int n = in.read(buffer, offset, (int) Math.min(length, left));
    if (n < 0) {
      throw problems.fatal("The tar ends in the middle of a file: it was cut off.");
    }
    left -= n;
    return n;
  }

  private void skip() throws IOException {
    long rest = left + padding;
    left = 0;
    padding = 0;
    try {
      in.skipNBytes(rest);
    } catch (EOFException e) {
      throw problems.fatal("The tar ends in the middle of a file: it was cut off.");
    }
  }

  private void end() throws IOException {
    if (pax != null || longName != null) {
      problems.add("The tar ends with a header that belongs to no entry.");
    }
    if (!readBlock() || !TarHeader.isZero(block)) {
      throw problems.fatal("The tar does not end with two empty blocks.");
    }
    while (readBlock()) {
      if (!TarHeader.isZero(block)) {
        throw problems.fatal("The tar has data behind its end.");
      }
    }
  }

  private boolean readBlock() throws IOException {
    int n = in.readNBytes(block, 0, block.length);
    if (n > 0 && n < block.length) {
      throw problems.fatal("The tar ends in the middle of a block: it was cut off.");
    }
    return n > 0;
  }

  private static byte[] untilNul(byte[] content) {
    int end = 0;
    while (end < content.length && content[end] != 0) {
      end++;
    }
    return Arrays.copyOf(content, end);
  }
}
