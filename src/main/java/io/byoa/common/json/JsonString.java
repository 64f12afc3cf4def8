package io.byoa.common.json;

/** A string. */
public record JsonString(String value) implements JsonValue {

  @Override
  public String toString() {
    return text();
  }
}
