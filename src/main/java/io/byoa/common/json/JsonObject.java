package io.byoa.common.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** An object, whose members keep their order. */
public record JsonObject(SequencedMap<String, JsonValue> members) implements JsonValue {

  /** The object without members. */
  public static final JsonObject EMPTY = new JsonObject(new LinkedHashMap<>());

  /** Copies the map. */
  public JsonObject {
    members = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(members));
  }

  /** The member of this name, if there is one. */
  public @Nullable JsonValue get(String name) {
    return members.get(name);
  }

  /** The same object with this member, at its old place if it had one of this name. */
  public JsonObject with(String name, JsonValue value) {
    SequencedMap<String, JsonValue> changed = new LinkedHashMap<>(members);
    changed.put(name, value);
    return new JsonObject(changed);
  }

  /** The same object without this member. */
  public JsonObject without(String name) {
    SequencedMap<String, JsonValue> changed = new LinkedHashMap<>(members);
    changed.remove(name);
    return new JsonObject(changed);
  }

  /** An object to be filled member by member. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public String toString() {
    return text();
  }

  /** Collects members; {@code null} and absent ones are left out. */
  public static final class Builder {

    private final SequencedMap<String, JsonValue> members = new LinkedHashMap<>();

    private Builder() {}

    /** Adds a member. */
    public Builder put(String name, @Nullable JsonValue value) {
      if (value != null) {
        members.put(name, value);
      }
      return this;
    }

    /** Adds a string. */
    public Builder put(String name, @Nullable String value) {
      return put(name, value == null ? null : new JsonString(value));
    }

    /** Adds a whole number. */
    public Builder put(String name, @Nullable Integer value) {
      return put(name, value == null ? null : JsonNumber.of(value));
    }

    /** Adds {@code true} or {@code false}. */
    public Builder put(String name, boolean value) {
      return put(name, new JsonBoolean(value));
    }

    /** The object. */
    public JsonObject build() {
      return new JsonObject(members);
    }
  }
}
