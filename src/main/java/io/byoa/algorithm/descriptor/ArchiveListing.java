package io.byoa.algorithm.descriptor;

import java.util.Set;
import java.util.TreeSet;

/**
 * What the descriptor's reader has to know of the archive it describes.
 *
 * @param paths all files, relative to the root, with forward slashes
 * @param programs those of them that start with {@code #!} or are ELF programs
 */
public record ArchiveListing(Set<String> paths, Set<String> programs) {

  /** Copies the sets; every program is a file. */
  public ArchiveListing {
    paths = Set.copyOf(paths);
    programs = Set.copyOf(programs);
    if (!paths.containsAll(programs)) {
      Set<String> strangers = new TreeSet<>(programs);
      strangers.removeAll(paths);
      throw new IllegalArgumentException("Programs that are no files: " + strangers);
    }
  }
}
