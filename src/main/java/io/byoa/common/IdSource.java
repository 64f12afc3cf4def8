package io.byoa.common;

/** Where new ids come from; a test brings its own. */
@FunctionalInterface
public interface IdSource {

  /**
   * A new id: 26 characters of Crockford's base 32, upper case, that sort by the time they were
   * made (a ULID).
   */
  String next();
}
