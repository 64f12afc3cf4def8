package io.byoa.access;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of {@code browser_session}. */
@Entity
@Table(name = "browser_session")
@SuppressWarnings("NullAway.Init") // Hibernate fills what the empty constructor leaves
class SessionEntity {

  @Id String id;
  String tokenId;
  String digest;
  Instant createdAt;
  Instant expiresAt;

  SessionEntity() {}

  SessionEntity(String id, String tokenId, String digest, Instant createdAt, Instant expiresAt) {
    this.id = id;
    this.tokenId = tokenId;
    this.digest = digest;
    this.createdAt = createdAt;
    this.expiresAt = expiresAt;
  }
}
