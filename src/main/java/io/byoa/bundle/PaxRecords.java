package io.byoa.bundle;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The records of a pax extended header, {@code "<length> <key>=<value>\n"} each, read strictly.
 *
 * <p>Only {@code path} means something here. What would change an entry's kind, size or encoding is
 * a fault; times, owners, comments and attributes are passed over.
 */
final class PaxRecords {

  private static final Set<String> SENSELESS_IN_GLOBAL = Set.of("path", "size", "linkpath");

  private final Map<String, byte[]> records = new HashMap<>();
  private @Nullable String fault;

  private PaxRecords() {}

  static PaxRecords parse(byte[] content, boolean global) {
    PaxRecords parsed = new PaxRecords();
    parsed.fault = parsed.read(content);
    if (parsed.fault == null && global) {
      parsed.fault =
          parsed.records.keySet().stream()
              .filter(SENSELESS_IN_GLOBAL::contains)
              .findFirst()
              .map(key -> "sets '" + key + "' for all entries in a global pax header.")
              .orElse(null);
    }
    return parsed;
  }

  private @Nullable String read(byte[] content) {
    int at = 0;
    while (at < content.length) {
      int blank = at;
      int length = 0;
      while (blank < content.length && content[blank] != ' ') {
        int digit = content[blank] - '0';
        if (digit < 0 || digit > 9 || blank - at >= 8) {
          return "has a damaged pax header.";
        }
        length = length * 10 + digit;
        blank++;
      }
      int end = at + length;
      if (end > content.length || end <= blank + 2 || content[end - 1] != '\n') {
        return "has a damaged pax header.";
      }
      String wrong = record(Arrays.copyOfRange(content, blank + 1, end - 1));
      if (wrong != null) {
        return wrong;
      }
      at = end;
    }
    return null;
  }

  private @Nullable String record(byte[] record) {
    int equals = 0;
    while (equals < record.length && record[equals] != '=') {
      equals++;
    }
    if (equals == 0 || equals == record.length) {
      return "has a damaged pax header.";
    }
    String key = new String(record, 0, equals, StandardCharsets.UTF_8);
    byte[] value = Arrays.copyOfRange(record, equals + 1, record.length);
    if (key.startsWith("GNU.sparse.") || key.startsWith("SCHILY.real")) {
      return "is a sparse file. Archive without --sparse.";
    }
    if (key.equals("linkpath")) {
      return "names a link's target in a pax header. Archive files, not links.";
    }
    if (key.equals("hdrcharset")
        && !Arrays.equals(value, "ISO-IR 10646 2000 UTF-8".getBytes(StandardCharsets.US_ASCII))) {
      return "has a pax header that is not in UTF-8.";
    }
    boolean kept = key.equals("path") || key.equals("size");
    if (kept && records.put(key, value) != null) {
      return "sets '" + key + "' twice in its pax header.";
    }
    return null;
  }

  /** What is wrong with the header, to follow the entry's name; null when nothing is. */
  @Nullable String fault() {
    return fault;
  }

  /** The name that replaces the one in the entry's header, if any. */
  byte @Nullable [] path() {
    return records.get("path");
  }

  /** Whether the records give the entry another size than its own header does. */
  boolean disputes(long size) {
    byte[] value = records.get("size");
    return value != null
        && !new String(value, StandardCharsets.US_ASCII).equals(Long.toString(size));
  }
}
