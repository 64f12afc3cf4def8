package io.byoa.engine.contract;

import io.byoa.testing.PythonEnvironment;
import io.byoa.testing.RealPython;
import java.nio.file.Path;
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

  private final PythonEnvironment environment;

  private Toolkit(PythonEnvironment environment) {
    this.environment = environment;
  }

  static Toolkit installed() {
    return new Toolkit(
        PythonEnvironment.installed("toolkit", RESOURCES.resolve("requirements.txt")));
  }

  /** The Python that the toolkit is installed in. */
  String python() {
    return environment.program("python");
  }

  /** The folder of its programs. */
  String bin() {
    return environment.bin();
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
    RealPython.run(List.of(environment.program("train")), variables, List.of());
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
}
