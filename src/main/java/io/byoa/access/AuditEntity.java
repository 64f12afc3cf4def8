package io.byoa.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A row of {@code audit_event}. */
@Entity
@Immutable
@Table(name = "audit_event")
@SuppressWarnings("NullAway.Init") // Hibernate fills what the empty constructor leaves
class AuditEntity {

  @Id String id;
  String team;
  Instant at;
  String actor;
  @Nullable String tokenId;
  String action;
  String thing;

  @Column(columnDefinition = "json")
  @ColumnTransformer(write = "?::json")
  String details;

  AuditEntity() {}

  AuditEntity(
      String id,
      String team,
      Instant at,
      String actor,
      @Nullable String tokenId,
      String action,
      String thing,
      String details) {
    this.id = id;
    this.team = team;
    this.at = at;
    this.actor = actor;
    this.tokenId = tokenId;
    this.action = action;
    this.thing = thing;
    this.details = details;
  }
}
