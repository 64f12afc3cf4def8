package io.byoa.engine.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The public SageMaker training toolkit from PyPI, in a virtual environment of its own under {@code
 * target/}, installed once. Without it there is nothing to compare with: failing to install it is
 * an error, never a skipped test.
 */
final class Toolkit {

  private static final Path RESOURCES = Path.of("src/test/resources/toolkit").toAbsolutePath();

  private final Path environment;

  private Toolkit(Path environment) {
    this.environment = environment;
  }

  static Toolkit installed() {
    try {
      Path requirements = RESOURCES.resolve("requirements.txt");
      String wanted = Files.readString(requirements, UTF_8);
      Path environment = Path.of("target/toolkit").toAbsolutePath();
      Path installed = environment.resolve("installed.txt");
      if (!Files.exists(installed) || !Files.readString(installed, UTF_8).equals(wanted)) {
        delete(environment);
        RealPython.run(
            List.of("python3", "-m", "venv", environment.toString()), Map.of(), List.of());
        RealPython.run(
            List.of(
                environment.resolve("bin/pip").toString(),
                "install",
                "--quiet",
                "--disable-pip-version-check",
                "--requirement",
                requirements.toString()),
            Map.of(),
            List.of());
        Files.writeString(installed, wanted, UTF_8);
      }
      return new Toolkit(environment);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The Python that the toolkit is installed in. */
  String python() {
    return environment.resolve("bin/python").toString();
  }

  /** The folder of its programs. */
  String bin() {
    return environment.resolve("bin").toString();
  }

  /** What it takes for the number of processors. */
  int processors() {
    return Integer.parseInt(
        RealPython.run(
                List.of(python(), "-c", "import multiprocessing as m; print(m.cpu_count())"),
                Map.of(),
                List.of())
            .getFirst());
  }

  /** Answers the driver's cases, one line each. */
  List<String> answers(Path base, List<String> cases) {
    return RealPython.run(
        List.of(python(), RESOURCES.resolve("driver.py").toString()), settings(base), cases);
  }

  /** Runs a whole training under {@code base}, as a framework container does. */
  void train(Path base, String entry, Map<String, String> platform) {
    var variables = new HashMap<>(platform);
    variables.putAll(settings(base));
    variables.put("SAGEMAKER_PROGRAM", entry);
    variables.put("PATH", bin() + ":" + System.getenv("PATH"));
    RealPython.run(List.of(environment.resolve("bin/train").toString()), variables, List.of());
  }

  /** A user's program that comes with the tests. */
  static Path program(String name) {
    return RESOURCES.resolve(name);
  }

  private static Map<String, String> settings(Path base) {
    return Map.of(
        "SAGEMAKER_BASE_DIR", base.toString(),
        "SM_STUDIO_LOCAL_MODE", "true",
        "AWS_DEFAULT_REGION", "eu-central-1");
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException failure)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
