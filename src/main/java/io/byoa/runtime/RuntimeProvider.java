package io.byoa.runtime;

import java.util.List;
import java.util.Optional;

/**
 * A place to train, asked which runtimes it has. Answers come from memory: no remote call, no
 * process is started for them.
 */
public interface RuntimeProvider {

  /** The engine whose runtimes these are, such as {@code local}. */
  String engine();

  /** What this runtime is there; empty when it is not installed. */
  Optional<ResolvedRuntime> resolve(RuntimeId runtime);

  /** All that are installed, by language and then by version. */
  List<ResolvedRuntime> installed();
}
