package io.byoa.common;

import java.io.PrintStream;
import java.util.List;

/**
 * Something the application does instead of serving, named by its first argument, such as {@code
 * admin-token}. Any bean may be one.
 *
 * <p>It runs with the whole application around it, without HTTP. The server of the same data folder
 * may be running at that moment, and then they share its database: {@code byoa.serving} is false,
 * so that no loop works twice.
 */
public interface Command {

  /** The argument that names it, in kebab-case. */
  String name();

  /** What it does, in a few words, for the list of commands. */
  String summary();

  /**
   * Does it.
   *
   * @param arguments what came after the name
   * @param out where its answer goes
   * @return the exit code, 0 for success
   */
  int run(List<String> arguments, PrintStream out);
}
