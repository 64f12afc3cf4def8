package io.byoa.bundle;

import io.byoa.common.Failure;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names of an archive's entries: each one safe on every system, no two that one system would
 * take for the same.
 */
final class EntryNames {

  /**
   * A name that passed.
   *
   * @param path relative, segments separated by {@code /}, without a trailing one; empty for the
   *     archive's own root
   * @param folder whether it names a folder
   */
  record Name(String path, boolean folder) {

    String last() {
      return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Whether an operating system put it there for itself. */
    boolean isSystemFile() {
      return ("/" + path + "/").contains("/__MACOSX/")
          || last().equals(".DS_Store")
          || last().equals("Thumbs.db");
    }
  }

  private record Seen(String path, boolean folder) {}

  private final ArchiveLimits limits;
  private final Problems problems;
  private final Map<String, Seen> seen = new HashMap<>();
  private final Set<String> declared = new HashSet<>();

  EntryNames(ArchiveLimits limits, Problems problems) {
    this.limits = limits;
    this.problems = problems;
  }

  /** The name that these bytes spell, or null, with the reasons noted, when it is refused. */
  @Nullable Name check(byte[] raw) {
    String name = decode(raw);
    if (name == null) {
      return null;
    }
    // "tar -C folder ." spells every name with "./" in front; that is here, and nothing else.
    String path = name.startsWith("./") ? name.substring(2) : name.equals(".") ? "" : name;
    boolean folder = path.isEmpty() || path.endsWith("/");
    path = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    String fault = name.isEmpty() ? "has no name." : fault(path, raw.length);
    if (fault != null) {
      problems.add(name, fault);
      return null;
    }
    return new Name(path, folder);
  }

  /**
   * Refuses what is not the name of a file without a folder.
   *
   * @throws io.byoa.common.FailureException 422 {@code file-name-refused}
   */
  static void requireFileName(String name, ArchiveLimits limits) {
    EntryNames names = new EntryNames(limits, new Problems());
    String fault =
        name.isEmpty()
            ? "is empty."
            : name.indexOf('/') >= 0
                ? "has a folder in it. Name the file alone."
                : names.fault(name, utf8(name));
    if (fault != null) {
      throw new Failure.Invalid(
              "file-name-refused",
              "The file's name '%s' %s".formatted(Problems.printable(name), fault))
          .raise();
    }
  }

  private @Nullable String decode(byte[] raw) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw)).toString();
    } catch (CharacterCodingException e) {
      problems.add(
          new String(raw, StandardCharsets.ISO_8859_1),
          "has a name that is not UTF-8. Rename it, or archive with a tool that writes UTF-8.");
      return null;
    }
  }

  private @Nullable String fault(String path, int rawBytes) {
    if (rawBytes > limits.pathBytes() + 3) { // "./" in front and "/" behind
      return "has a path longer than %d bytes.".formatted(limits.pathBytes());
    }
    if (path.isEmpty()) {
      return null;
    }
    if (path.startsWith("/")) {
      return "is an absolute path. Archive paths relative to the project's folder.";
    }
    if (path.indexOf('\\') >= 0) {
      return "has a backslash in its path. Separate folders with /.";
    }
    if (path.codePoints().anyMatch(EntryNames::isControl)) {
      return "has a control character in its path.";
    }
    if (!Normalizer.isNormalized(path, Normalizer.Form.NFC)) {
      return "has a name in decomposed Unicode. Rename it in composed form (NFC).";
    }
    return segmentsFault(path);
  }

  private @Nullable String segmentsFault(String path) {
    if (utf8(path) > limits.pathBytes()) {
      return "has a path longer than %d bytes.".formatted(limits.pathBytes());
    }
    String[] segments = path.split("/", -1);
    if (segments.length > limits.depth()) {
      return "lies deeper than %d folders.".formatted(limits.depth());
    }
    for (String segment : segments) {
      if (segment.equals("..")) {
        return "leads out of the archive with '..'.";
      }
      // In any segment, since the first may be the folder around everything, which is stripped.
      if (segment.length() > 1 && segment.charAt(1) == ':' && isLetter(segment.charAt(0))) {
        return "has a drive letter. Archive paths relative to the project's folder.";
      }
      if (segment.isEmpty() || segment.equals(".")) {
        return "has an empty segment or '.' in its path.";
      }
      if (utf8(segment) > limits.segmentBytes()) {
        return "has a name longer than %d bytes.".formatted(limits.segmentBytes());
      }
    }
    return null;
  }

  /**
   * Notes the name as taken; false, with the reason noted, when it or its like is taken already.
   */
  boolean take(Name name) {
    if (name.path.isEmpty()) {
      return true;
    }
    for (int end = name.path.indexOf('/'); end >= 0; end = name.path.indexOf('/', end + 1)) {
      if (!claim(name.path, new Seen(name.path.substring(0, end), true))) {
        return false;
      }
    }
    if (!claim(name.path, new Seen(name.path, name.folder))) {
      return false;
    }
    if (!declared.add(name.path)) {
      problems.add(name.path, "is in the archive twice.");
      return false;
    }
    return true;
  }

  private boolean claim(String entry, Seen wanted) {
    Seen there = seen.putIfAbsent(folded(wanted.path), wanted);
    if (there == null || there.equals(wanted)) {
      return true;
    }
    problems.add(
        entry,
        there.path.equals(wanted.path)
            ? "needs %s to be both a file and a folder.".formatted(Problems.printable(wanted.path))
            : "and %s differ only in case: systems exist that take them for one."
                .formatted(Problems.printable(there.path)));
    return false;
  }

  private static String folded(String path) {
    int[] simple =
        path.codePoints().map(c -> Character.toLowerCase(Character.toUpperCase(c))).toArray();
    return Normalizer.normalize(new String(simple, 0, simple.length), Normalizer.Form.NFC);
  }

  /** Control characters, line separators, and those that turn the direction of what is read. */
  static boolean isControl(int c) {
    return Character.isISOControl(c)
        || (c >= 0x2028 && c <= 0x202e)
        || (c >= 0x2066 && c <= 0x2069);
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static int utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
