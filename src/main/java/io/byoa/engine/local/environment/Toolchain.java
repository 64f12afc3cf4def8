package io.byoa.engine.local.environment;

import io.byoa.engine.contract.Interpreters;
import io.byoa.engine.contract.Launcher;
import io.byoa.engine.local.environment.LocalRuntimes.Interpreter;
import io.byoa.runtime.RuntimeId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The programs that a job's runtime brings: an interpreter, with or without installed dependencies.
 *
 * @param bin folders of programs, looked through before the system's
 * @param python runs Python scripts
 * @param rscript runs R scripts
 * @param prefixes folders that must be visible although their surroundings are hidden
 * @param environment variables by which the interpreter finds what was installed
 */
public record Toolchain(
    List<Path> bin,
    String python,
    String rscript,
    List<Path> prefixes,
    SortedMap<String, String> environment)
    implements Interpreters {

  private static final String SYSTEM =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  public Toolchain {
    bin = List.copyOf(bin);
    prefixes = List.copyOf(prefixes);
  }

  /** What a runtime brings without any dependencies. */
  static Toolchain of(LocalRuntimes runtimes, RuntimeId id) {
    Interpreter found = runtimes.find(id).orElse(null);
    if (found == null) {
      return new Toolchain(List.of(), "python3", "Rscript", List.of(), new TreeMap<>());
    }
    String program = found.executable().toString();
    boolean python = id.language().equals("python");
    return new Toolchain(
        List.of(found.prefix().resolve("bin")),
        python ? program : "python3",
        python ? "Rscript" : program,
        found.prefix().startsWith("/usr") ? List.of() : List.of(found.prefix()),
        new TreeMap<>());
  }

  @Override
  public String of(Launcher.Kind kind) {
    return switch (kind) {
      case PYTHON -> python;
      case RSCRIPT -> rscript;
      case SH -> "/bin/sh";
    };
  }

  @Override
  public Optional<String> named(String program) {
    if (program.equals("python") || program.equals("python3")) {
      return Optional.of(python);
    }
    return bin.stream()
        .map(folder -> folder.resolve(program))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  /** The value of {@code PATH}. */
  public String path() {
    StringBuilder path = new StringBuilder();
    bin.forEach(folder -> path.append(folder).append(':'));
    return path.append(SYSTEM).toString();
  }
}
