package io.byoa.engine.local.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Folders that nobody but the server can enter, unless others are let through. */
public final class PrivateFolder {

  private PrivateFolder() {}

  /** Makes one, with those above it; nothing happens when it is there. */
  public static void create(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  /** Lets other users pass through a folder of the data, and those above it, to what is theirs. */
  public static void letPass(Path data, Path folder) throws IOException {
    for (Path path = folder; path != null && path.startsWith(data); path = path.getParent()) {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
      permissions.addAll(PosixFilePermissions.fromString("--x--x--x"));
      Files.setPosixFilePermissions(path, permissions);
    }
  }
}
