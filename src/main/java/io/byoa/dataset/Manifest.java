package io.byoa.dataset;

import io.byoa.common.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The list of a dataset's files, which is the dataset's identity: its digest is the SHA-256 of
 * {@link #text()}.
 *
 * <p>The text has one line for each file, in the order of the paths' UTF-8 bytes: the content's
 * SHA-256 in lower-case hexadecimal, a blank, its size in decimal, a blank, the path, a line feed.
 * Paths hold no control characters, so no two lists have the same text. Whoever has the files can
 * compute it:
 *
 * <pre>{@code
 * find . -type f -printf '%P\n' | LC_ALL=C sort | while IFS= read -r f; do
 *   printf '%s %s %s\n' "$(sha256sum < "$f" | cut -c -64)" "$(stat -c %s "$f")" "$f"
 * done | sha256sum
 * }</pre>
 *
 * @param entries sorted by the bytes of their paths; at least one
 */
public record Manifest(List<Entry> entries) {

  /**
   * A file.
   *
   * @param path relative, segments separated by {@code /}, without control characters
   * @param size in bytes
   * @param sha256 the digest of its content
   */
  public record Entry(String path, long size, Sha256 sha256) {
    /** Refuses what would make two lists have the same text. */
    public Entry {
      if (path.isEmpty() || path.chars().anyMatch(Character::isISOControl) || size < 0) {
        throw new IllegalArgumentException("Not a dataset's file: " + path + ", " + size);
      }
    }
  }

  private static final Comparator<Entry> BY_PATH =
      (a, b) -> Arrays.compareUnsigned(utf8(a.path), utf8(b.path));

  /** Sorts the entries; refuses none at all, and one path twice. */
  public Manifest {
    entries = entries.stream().sorted(BY_PATH).toList();
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("A dataset has at least one file");
    }
    for (int i = 1; i < entries.size(); i++) {
      if (entries.get(i).path.equals(entries.get(i - 1).path)) {
        throw new IllegalArgumentException("Twice in a dataset: " + entries.get(i).path);
      }
    }
  }

  /** The manifest that has this {@link #text()}. */
  static Manifest parse(String text) {
    List<Entry> entries = new ArrayList<>();
    for (String line : text.lines().toList()) {
      String[] fields = line.split(" ", 3);
      if (fields.length < 3) {
        throw new IllegalArgumentException("Not a line of a manifest: " + line);
      }
      entries.add(new Entry(fields[2], Long.parseLong(fields[1]), new Sha256(fields[0])));
    }
    return new Manifest(entries);
  }

  /** What is digested, and kept in the database. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (Entry entry : entries) {
      text.append(entry.sha256).append(' ').append(entry.size).append(' ').append(entry.path);
      text.append('\n');
    }
    return text.toString();
  }

  /** The identity of the dataset's content. */
  public Sha256 digest() {
    return Sha256.of(text());
  }

  /** Bytes of all files. */
  public long size() {
    return entries.stream().mapToLong(Entry::size).sum();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
