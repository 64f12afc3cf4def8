package io.byoa.common.json;

/** {@code null}. */
public record JsonNull() implements JsonValue {

  @Override
  public String toString() {
    return text();
  }
}
