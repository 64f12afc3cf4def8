package io.byoa.common;

import java.time.Duration;

/**
 * Something that has to be done again and again for an installation to stay healthy, such as
 * deleting what nobody needs any more. Any bean may be one.
 *
 * <p>Dying in the middle harms nothing, nor do two replicas that are at it at the same time.
 */
public interface Chore {

  /** In kebab-case, and never renamed: by it replicas agree on whose turn it is. */
  String name();

  /** From one turn to the next. */
  Duration every();

  /**
   * Whether each replica has a share of its own, such as its own folder; otherwise one is enough.
   */
  default boolean everywhere() {
    return false;
  }

  /**
   * Does what there is to do, or so much of it as takes seconds.
   *
   * @return how many things that were
   * @throws Exception when it cannot be done now; it is tried again at the next turn
   */
  int runOnce() throws Exception;
}
