package io.byoa.engine.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a program is started, before anything is known about where interpreters are. {@link
 * CommandLine} completes it.
 */
public sealed interface Launcher {

  /**
   * A script that goes to an interpreter of the runtime.
   *
   * @param script relative to the working directory; never starts with a dash
   */
  record Interpreter(Kind kind, String script) implements Launcher {}

  /**
   * A file whose {@code #!} line says who runs it; see {@link ShebangLine}.
   *
   * @param script relative to the working directory, starting with {@code ./}
   * @param otherwise who runs it when it has no such line; absent means that the file itself is
   *     executed
   */
  record Shebang(String script, @Nullable Kind otherwise) implements Launcher {}

  /**
   * A command that is executed as it is.
   *
   * @param argv the program and its first arguments; never empty
   */
  record Direct(List<String> argv) implements Launcher {
    /** Copies the list. */
    public Direct {
      argv = List.copyOf(argv);
      if (argv.isEmpty()) {
        throw new IllegalArgumentException("A command needs a program");
      }
    }
  }

  /** The image's own entry point. */
  record ImageDefault() implements Launcher {}

  /** The interpreters a runtime may have. */
  enum Kind {
    /** {@code python} of the runtime's version. */
    PYTHON,
    /** {@code Rscript} of the runtime's version. */
    RSCRIPT,
    /** A POSIX shell. */
    SH
  }
}
