package io.byoa.engine.contract;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** A JSON value that remembers how its numbers were written and in which order its members came. */
sealed interface Json {

  /** {@code null}. */
  record Null() implements Json {}

  /** {@code true} or {@code false}. */
  record Bool(boolean value) implements Json {}

  /**
   * A number as it was written; also {@code NaN}, {@code Infinity} and {@code -Infinity}, which
   * Python's reader takes.
   */
  record Num(String text) implements Json {

    /** Whether Python reads it as an {@code int}. */
    boolean isInteger() {
      return text.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
    }
  }

  /** A string. */
  record Text(String value) implements Json {}

  /** An array. */
  record Elements(List<Json> values) implements Json {
    public Elements {
      values = List.copyOf(values);
    }
  }

  /** An object, in the order of its text; of two members of one name the last counts. */
  record Members(SequencedMap<String, Json> values) implements Json {
    public Members {
      values = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(values));
    }
  }

  /** {@code null}. */
  Json NULL = new Null();

  /** A number. */
  static Json of(int value) {
    return new Num(Integer.toString(value));
  }

  /** A boolean. */
  static Json of(boolean value) {
    return new Bool(value);
  }

  /** A string. */
  static Json of(String value) {
    return new Text(value);
  }

  /** An array of strings. */
  static Json of(List<String> values) {
    return new Elements(values.stream().map(Json::of).toList());
  }

  /** An empty object to fill; becomes a value through {@link Members}. */
  static SequencedMap<String, Json> members() {
    return new LinkedHashMap<>();
  }
}
