package io.byoa.engine.local.environment;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Dependencies that are installed: a Python virtual environment or a library of R packages.
 *
 * @param folder all of it; programs see it read-only at the same place, since a virtual environment
 *     holds its own path
 */
record InstalledEnvironment(Requirements requirements, Path folder) {

  /** What the installer put in, one {@code name==version} a line. */
  Path packages() {
    return folder.resolve("byoa-packages.txt");
  }

  /** The interpreter with these dependencies. */
  Toolchain over(Toolchain tools) {
    List<Path> prefixes = new java.util.ArrayList<>(tools.prefixes());
    prefixes.add(folder);
    if (requirements.forR()) {
      return new Toolchain(
          tools.bin(),
          tools.python(),
          tools.rscript(),
          prefixes,
          new TreeMap<>(Map.of("R_LIBS", folder.toString())));
    }
    List<Path> bin = new java.util.ArrayList<>(List.of(folder.resolve("bin")));
    bin.addAll(tools.bin());
    return new Toolchain(
        bin,
        folder.resolve("bin/python").toString(),
        tools.rscript(),
        prefixes,
        new TreeMap<>(Map.of("VIRTUAL_ENV", folder.toString())));
  }
}
