package io.byoa.job.launch;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The folders of this machine that inputs may come from, as the operator said. */
@Singleton
public class FileRoots {

  private final List<Path> roots;

  FileRoots(LaunchConfig config) {
    roots =
        config.fileRoots().orElse(List.of()).stream()
            .map(root -> Path.of(root).toAbsolutePath().normalize())
            .toList();
  }

  /**
   * Where an input lies now, with every link on its way followed; empty when nothing readable is
   * there any more, or when it is no longer below an allowed folder.
   */
  public Optional<Path> find(String path) {
    try {
      Path real = Path.of(path).toRealPath();
      return faultOf(real.toString()).isEmpty() ? Optional.of(real) : Optional.empty();
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
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
