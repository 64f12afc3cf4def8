package io.byoa.engine.local.environment;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The versions of what Debian and its kin have installed, read from their own list: an interpreter
 * of theirs says its patch level in no file of its own.
 *
 * @param status dpkg's list, which other systems do not have
 */
record DebianPackages(Path status) {

  /** Where Debian keeps it. */
  static final DebianPackages OF_THIS_MACHINE = new DebianPackages(Path.of("/var/lib/dpkg/status"));

  /**
   * What the authors of a package's program call its version, such as {@code 3.11.2}; empty when it
   * is not installed, or there is no list.
   */
  String version(String name) throws IOException {
    if (!Files.isReadable(status)) {
      return "";
    }
    try (BufferedReader lines = Files.newBufferedReader(status, StandardCharsets.ISO_8859_1)) {
      boolean ours = false;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("Package: ")) {
          ours = line.substring("Package: ".length()).equals(name);
        } else if (ours && line.startsWith("Version: ")) {
          // [epoch:]version[-revision of the package]
          return line.substring("Version: ".length())
              .replaceFirst("^[0-9]+:", "")
              .replaceFirst("-[^-]*$", "");
        }
      }
    }
    return "";
  }
}
