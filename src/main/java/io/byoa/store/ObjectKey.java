package io.byoa.store;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/**
 * The name of an object in the store: segments separated by {@code /}, such as {@code
 * code/<sha256>.tar}, {@code datasets/<digest>/<path>} or {@code
 * jobs/<id>/<launch>/output/model.tar.gz}.
 *
 * <p>Every key is also a safe relative path: no empty segment, no {@code .} or {@code ..}, no
 * backslash, no control character, in Unicode's composed form (NFC), at most 240 bytes of UTF-8 a
 * segment and 1,024 in all (what S3 takes). A key is never the folder of another key.
 *
 * @param value the whole key
 */
public record ObjectKey(String value) implements Comparable<ObjectKey> {

  /** Bytes of UTF-8 that a key may have; the limit of Amazon S3. */
  public static final int MAX_BYTES = 1024;

  /** Bytes of UTF-8 that one segment may have; file systems end at 255. */
  public static final int MAX_SEGMENT_BYTES = 240;

  /** Refuses a key that is not a safe relative path. */
  public ObjectKey {
    String wrong = fault(value);
    if (wrong != null) {
      throw new IllegalArgumentException("Not an object key (" + wrong + "): " + value);
    }
  }

  /** The key of these segments, each of which may itself hold several. */
  public static ObjectKey of(String first, String... more) {
    return new ObjectKey(more.length == 0 ? first : first + "/" + String.join("/", more));
  }

  /** The key of something below this one. */
  public ObjectKey resolve(String path) {
    return new ObjectKey(value + "/" + path);
  }

  /** What comes after the last {@code /}. */
  public String name() {
    return value.substring(value.lastIndexOf('/') + 1);
  }

  @Override
  public int compareTo(ObjectKey other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }

  private static @Nullable String fault(String value) {
    if (value.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      return "longer than " + MAX_BYTES + " bytes";
    }
    if (value.chars().anyMatch(c -> c == '\\' || Character.isISOControl(c))) {
      return "a backslash or a control character";
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
      return "half of a surrogate pair";
    }
    if (!Normalizer.isNormalized(value, Normalizer.Form.NFC)) {
      return "not in Unicode's composed form";
    }
    for (String segment : value.split("/", -1)) {
      if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
        return "an empty segment, '.' or '..'";
      }
      if (segment.getBytes(StandardCharsets.UTF_8).length > MAX_SEGMENT_BYTES) {
        return "a segment longer than " + MAX_SEGMENT_BYTES + " bytes";
      }
    }
    return null;
  }
}
