package io.byoa.access;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A row of {@code token}. */
@Entity
@Table(name = "token")
@SuppressWarnings("NullAway.Init") // Hibernate fills what the empty constructor leaves
class TokenEntity {

  @Id String id;
  String team;
  String kind;
  String name;
  String description;
  String role;
  String[] algorithms;
  String digest;
  String createdBy;
  Instant createdAt;
  @Nullable Instant expiresAt;
  @Nullable Instant revokedAt;
  @Nullable String revokedBy;
  @Nullable Instant lastUsedAt;

  TokenEntity() {}

  TokenEntity(IssuedToken token, String team, String digest) {
    this.id = token.id();
    this.team = team;
    this.kind = token.kind();
    this.name = token.name();
    this.description = token.description();
    this.role = token.role().word();
    this.algorithms = token.algorithms().toArray(String[]::new);
    this.digest = digest;
    this.createdBy = token.createdBy();
    this.createdAt = token.createdAt();
    this.expiresAt = token.expiresAt();
  }

  void revoke(Instant now, String by) {
    revokedAt = now;
    revokedBy = by;
  }

  IssuedToken issued() {
    return new IssuedToken(
        id,
        kind,
        name,
        description,
        roleOf(),
        List.of(algorithms),
        createdBy,
        createdAt,
        expiresAt,
        revokedAt,
        lastUsedAt);
  }

  Caller caller(@Nullable Instant until) {
    return new Caller(team, id, name, roleOf(), Set.of(algorithms), until);
  }

  private Role roleOf() {
    Role known = Role.BY_WORD.get(role);
    if (known == null) {
      throw new IllegalStateException("Token " + id + " has the unknown role " + role);
    }
    return known;
  }
}
