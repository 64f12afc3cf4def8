package io.byoa.database;

import io.byoa.common.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A way for an unprivileged user into folders that lie below one it may not pass, such as root's
 * home folder.
 *
 * <p>The program gets a mount namespace of its own, in which an empty folder covers the one that
 * bars the way, with nothing in it but the folders that are needed, under the same paths. Nothing
 * changes for anybody else, and the rest of the covered folder stays out of sight.
 */
final class Passage {

  // Descriptors 3 to 9 hold on to the folders while what leads to them is covered.
  private static final String SCRIPT =
      """
      set -e
      umask 022
      folders=$1 barriers=$2; shift 2
      i=3; while [ $i -lt $((3 + folders)) ]; do eval "exec $i<\\"\\$$((i - 2))\\""; i=$((i + 1)); done
      i=$folders; while [ $i -lt $((folders + barriers)) ]; do
        i=$((i + 1)); eval "barrier=\\$$i"; mount -t tmpfs -o mode=0755,size=1m byoa "$barrier"; done
      i=3; while [ $i -lt $((3 + folders)) ]; do
        eval "folder=\\$$((i - 2))"; mkdir -p "$folder"
        mount --no-canonicalize --bind /proc/self/fd/$i "$folder"
        eval "exec $i<&-"; i=$((i + 1)); done
      shift $((folders + barriers))
      exec "$@"
      """;

  private Passage() {}

  /**
   * What to put in front of a command so that this user reaches the folders; nothing when it does
   * anyway.
   *
   * @param user who the command will become
   * @param folders at most seven, absolute; they themselves are passable
   * @throws StartRefused when the way is barred and this machine has no mount namespaces for us
   */
  static List<String> to(ProcessUser user, List<Path> folders) {
    Map<Path, Path> barred = new LinkedHashMap<>();
    for (Path folder : folders) {
      barrier(user, folder).ifPresent(barrier -> barred.put(folder, barrier));
    }
    if (barred.isEmpty()) {
      return List.of();
    }
    Program.Outcome attempt =
        Program.run(List.of("unshare", "--mount", "--propagation", "private", "true"));
    if (!attempt.succeeded()) {
      throw new StartRefused(
          "PostgreSQL refuses to run as root, and user %d, as whom it would run, may not pass %s. Name a data folder that others may pass with BYOA_DATA, such as /var/lib/byoa, or run BYOA as another user."
              .formatted(user.uid(), barred.values().iterator().next()));
    }
    List<String> barriers = barred.values().stream().distinct().map(Path::toString).toList();
    List<String> words =
        new ArrayList<>(
            List.of("unshare", "--mount", "--propagation", "private", "sh", "-c", SCRIPT, "sh"));
    words.add(Integer.toString(barred.size()));
    words.add(Integer.toString(barriers.size()));
    barred.keySet().forEach(folder -> words.add(folder.toString()));
    words.addAll(barriers);
    return words;
  }

  /** The first folder on the way that this user may not pass. */
  private static Optional<Path> barrier(ProcessUser user, Path folder) {
    for (int names = 0; names < folder.getNameCount(); names++) {
      Path step =
          names == 0 ? folder.getRoot() : folder.getRoot().resolve(folder.subpath(0, names));
      if (!mayPass(user, step)) {
        return Optional.of(step);
      }
    }
    return Optional.empty();
  }

  private static boolean mayPass(ProcessUser user, Path step) {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(step);
      ProcessUser owner = ProcessUser.ownerOf(step).orElseThrow();
      if (owner.uid() == user.uid()) {
        return permissions.contains(PosixFilePermission.OWNER_EXECUTE);
      }
      if (owner.gid() == user.gid()) {
        return permissions.contains(PosixFilePermission.GROUP_EXECUTE);
      }
      return permissions.contains(PosixFilePermission.OTHERS_EXECUTE);
    } catch (IOException e) {
      return false;
    }
  }
}
