package io.byoa.job;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** The folders of this machine that inputs may come from, as the operator said. */
@Singleton
class FileRoots {

  private final List<Path> roots;

  FileRoots(LaunchConfig config) {
    roots =
        config.fileRoots().orElse(List.of()).stream()
            .map(root -> Path.of(root).toAbsolutePath().normalize())
            .toList();
  }

  /** Why an input may not be read from this path; empty when it may. */
  String faultOf(String path) {
    if (roots.isEmpty()) {
      return "Files of this machine are not allowed as inputs here. Upload the data with POST"
          + " /api/v1/datasets, or ask the operator to set BYOA_LAUNCH_FILE_ROOTS.";
    }
    try {
      // The real path, so that a link inside an allowed folder does not lead out of it.
      Path real = Path.of(path).toRealPath();
      for (Path root : roots) {
        if (real.startsWith(root.toRealPath())) {
          return "";
        }
      }
    } catch (IOException | InvalidPathException e) {
      return "'%s' cannot be read on this machine.".formatted(path);
    }
    return "'%s' is not below a folder that the operator allows for inputs.".formatted(path);
  }
}
