package io.byoa.database;

import io.byoa.common.StartRefused;
import java.nio.file.Path;

/** A disk that has no room left for the database. */
final class FullDisk {

  private FullDisk() {}

  /** Whether these words of a program, or of the system, are about one. */
  static boolean isMeantBy(String words) {
    return words.contains("No space left on device") || words.contains("Disk quota exceeded");
  }

  /** The sentence about it. */
  static StartRefused refusal(Path folder) {
    return new StartRefused(
        "There is no space left for the database in %s. Free some (it needs 200 MB to begin with), or name a folder on another disk with BYOA_DATA, and start again."
            .formatted(folder));
  }
}
