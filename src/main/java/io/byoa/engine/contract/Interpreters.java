package io.byoa.engine.contract;

import java.util.Optional;

/** Where a runtime's programs are on the machine, or in the image, where a job runs. */
public interface Interpreters {

  /** The path of the interpreter for scripts of a kind. */
  String of(Launcher.Kind kind);

  /**
   * The path of a program in the runtime's own {@code bin}; empty when it has none of that name.
   */
  Optional<String> named(String program);
}
