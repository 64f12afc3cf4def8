package io.byoa.database;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Why BYOA does not start, as one or two sentences for the operator that say what to do about it.
 *
 * <p>It is printed without a stack trace: it describes the machine, not a defect of ours.
 */
public final class StartRefused extends RuntimeException {

  /** The sentence alone. */
  public StartRefused(String message) {
    this(message, null);
  }

  /** The sentence, and what was thrown, for the debug log. */
  public StartRefused(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Whether these words of a program, or of the system, are about a disk that has no room left. */
  static boolean isFullDisk(String words) {
    return words.contains("No space left on device") || words.contains("Disk quota exceeded");
  }

  /** The sentence about a disk without room. */
  static StartRefused fullDisk(Path folder) {
    return new StartRefused(
        "There is no space left for the database in %s. Free some (it needs 200 MB to begin with), or name a folder on another disk with BYOA_DATA, and start again."
            .formatted(folder));
  }
}
