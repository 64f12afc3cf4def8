package io.byoa.database;

/** Is told what takes a while, in a few words for the person who waits. */
@FunctionalInterface
public interface Progress {

  /** One step that begins now. */
  void tell(String step);
}
