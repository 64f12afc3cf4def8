package io.byoa.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A virtual environment of Python with packages from PyPI, under the build folder, installed once.
 * Failing to install is an error, never a skipped test: without the packages nothing was proven.
 */
public final class PythonEnvironment {

  private final Path folder;

  private PythonEnvironment(Path folder) {
    this.folder = folder;
  }

  /** The environment of this name with these requirements; made when it is not there yet. */
  public static PythonEnvironment installed(String name, Path requirements) {
    try {
      String wanted = Files.readString(requirements, UTF_8);
      PythonEnvironment environment = new PythonEnvironment(Scratch.buildFolder().resolve(name));
      Path installed = environment.folder.resolve("installed.txt");
      if (!Files.exists(installed) || !Files.readString(installed, UTF_8).equals(wanted)) {
        Scratch.delete(environment.folder);
        run("python3", "-m", "venv", environment.folder.toString());
        run(
            environment.program("pip"),
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--requirement",
            requirements.toString());
        Files.writeString(installed, wanted, UTF_8);
      }
      return environment;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One of its programs, such as {@code python}. */
  public String program(String name) {
    return folder.resolve("bin").resolve(name).toString();
  }

  /** The folder of its programs. */
  public String bin() {
    return folder.resolve("bin").toString();
  }

  private static void run(String... command) {
    RealPython.run(List.of(command), Map.of(), List.of());
  }
}
