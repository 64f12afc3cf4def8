package io.byoa.engine.contract;

import java.util.ArrayList;
import java.util.List;

/** The whole argv of a program: what a {@link Launcher} becomes where a runtime is. */
public final class CommandLine {

  private CommandLine() {}

  /**
   * The argv, to be executed in the contract's working directory with {@code PATH} looked through
   * for a first word without a slash. For {@link Launcher.ImageDefault} it is what follows the
   * image's entry point.
   *
   * @param head the first {@link ShebangLine#LENGTH} bytes of the script of a {@link
   *     Launcher.Shebang}; not looked at otherwise
   */
  public static List<String> of(RenderedContract contract, Interpreters interpreters, byte[] head) {
    List<String> argv =
        new ArrayList<>(
            switch (contract.launcher()) {
              case Launcher.Interpreter(var kind, String script) ->
                  List.of(interpreters.of(kind), script);
              case Launcher.Shebang shebang -> scripted(shebang, interpreters, head);
              case Launcher.Direct(var command) -> direct(command, interpreters);
              case Launcher.ImageDefault() -> List.<String>of();
            });
    argv.addAll(contract.arguments());
    return List.copyOf(argv);
  }

  private static List<String> scripted(
      Launcher.Shebang shebang, Interpreters interpreters, byte[] head) {
    List<String> argv = new ArrayList<>();
    ShebangLine line = ShebangLine.of(head).orElse(null);
    Launcher.Kind otherwise = shebang.otherwise();
    if (line != null) {
      argv.add(interpreters.named(line.program()).orElse(line.interpreter()));
      argv.addAll(line.options());
    } else if (otherwise != null) {
      argv.add(interpreters.of(otherwise));
    }
    argv.add(shebang.script());
    return argv;
  }

  private static List<String> direct(List<String> command, Interpreters interpreters) {
    List<String> argv = new ArrayList<>(command);
    String program = command.getFirst();
    if (program.indexOf('/') < 0) {
      argv.set(0, interpreters.named(program).orElse(program));
    }
    return argv;
  }
}
