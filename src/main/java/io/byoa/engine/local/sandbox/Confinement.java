package io.byoa.engine.local.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A program and all it may see and do.
 *
 * @param argv an absolute program and its arguments
 * @param environment complete: nothing of the server's is added
 * @param workingDirectory as the program sees it
 * @param mounts what appears where, in this order
 * @param account whose rights it has; absent when the server is not root
 * @param network whether it may use the machine's network
 * @param processes how many processes and threads it may have
 */
public record Confinement(
    List<String> argv,
    SortedMap<String, String> environment,
    String workingDirectory,
    List<Mount> mounts,
    @Nullable Account account,
    boolean network,
    int processes) {

  public Confinement {
    argv = List.copyOf(argv);
    mounts = List.copyOf(mounts);
  }

  /**
   * A file or folder of this machine that the program sees.
   *
   * @param target where it sees it, absolute
   */
  public record Mount(Path source, String target, boolean writable) {

    /** Something that the program may only read, at its own place. */
    public static Mount visible(Path path) {
      return new Mount(path, path.toString(), false);
    }
  }
}
