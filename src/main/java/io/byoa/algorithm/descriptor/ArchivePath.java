package io.byoa.algorithm.descriptor;

import io.byoa.algorithm.descriptor.reading.Field;
import io.byoa.algorithm.descriptor.reading.TextRule;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads paths of files in the archive. A path is refused rather than repaired: what a descriptor
 * names is what is opened.
 */
final class ArchivePath {

  /** Bytes of UTF-8, as for the archive itself. */
  static final int LONGEST = 1024;

  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);

  private ArchivePath() {}

  /** The path of a file that exists; what is wrong with it has been noted otherwise. */
  static @Nullable String read(Field field, String what, Surroundings surroundings) {
    String path = field.text(TextRule.any(what, 1, LONGEST));
    if (path == null) {
      return null;
    }
    String fault = fault(path);
    if (fault != null) {
      field.refuse("must be a relative path in the archive: " + fault);
      return null;
    }
    String missing = surroundings.faultOfFile(path).orElse(null);
    if (missing != null) {
      field.refuse(missing);
      return null;
    }
    return path;
  }

  private static @Nullable String fault(String path) {
    List<String> segments = Arrays.asList(path.split("/", -1));
    if (path.startsWith("/") || DRIVE.matcher(path).matches()) {
      return "it is absolute";
    }
    if (segments.contains("..")) {
      return "\"..\" leaves the folder";
    }
    if (segments.contains(".") || segments.contains("")) {
      return "write it without \"./\", \"//\" and a slash at the end";
    }
    if (path.indexOf('\\') >= 0) {
      return "folders are separated by \"/\", not by a backslash";
    }
    if (path.startsWith("-")) {
      return "a leading dash would make it an option of the program that reads it";
    }
    if (path.chars().anyMatch(Character::isISOControl)) {
      return "it contains a control character";
    }
    return path.getBytes(StandardCharsets.UTF_8).length > LONGEST
        ? "it is longer than " + LONGEST + " bytes"
        : null;
  }
}
