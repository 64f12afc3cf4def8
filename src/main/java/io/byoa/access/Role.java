package io.byoa.access;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a token may do; each role may do all that the roles before it may. */
public enum Role {
  /** Reads everything of its team. */
  VIEWER,
  /** Launches and stops jobs, uploads data. */
  LAUNCHER,
  /** Publishes versions, changes their status, moves aliases. */
  PUBLISHER,
  /** Gives out and revokes tokens, reads the audit, interrupts jobs on purpose. */
  ADMIN;

  /** Every role by its word. */
  static final Map<String, Role> BY_WORD =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(Role::word, Function.identity()));

  /** The word on the wire and in the database: the name in lower case. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether this role may do what the other may. */
  public boolean covers(Role other) {
    return compareTo(other) >= 0;
  }

  /** The words of this role and of all it covers, as {@code @RolesAllowed} compares them. */
  Set<String> covered() {
    return Arrays.stream(values())
        .filter(this::covers)
        .map(Role::word)
        .collect(Collectors.toUnmodifiableSet());
  }
}
