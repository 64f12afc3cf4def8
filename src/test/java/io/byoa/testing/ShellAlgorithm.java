package io.byoa.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An algorithm that is one shell script, written into a folder to be published. */
public final class ShellAlgorithm {

  private ShellAlgorithm() {}

  /** Writes version 1.0.0 of it below this folder, and answers its own folder. */
  public static Path write(Path folder, String name, String script) {
    try {
      Path algorithm = Files.createDirectories(folder.resolve(name));
      Files.writeString(algorithm.resolve("run"), "#!/bin/sh\n" + script);
      Files.writeString(algorithm.resolve("algorithm.json"), descriptor(name));
      return algorithm;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String descriptor(String name) {
    return """
    {
      "name": "%s",
      "version": "1.0.0",
      "runtime": { "language": "other" },
      "entryPoint": "run",
      "checkpoints": true
    }
    """
        .formatted(name);
  }
}
