package io.byoa.reconcile;

import io.agroal.api.AgroalDataSource;
import io.byoa.job.claim.Node;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Which installation orders jobs, so that two of them can share a cloud account: one id for all
 * replicas, kept in their database. Whoever needs it first gives the id of its own data folder,
 * which is what installations were called before the database knew.
 */
@Singleton
class Installation {

  private static final String ADOPT =
      "INSERT INTO installation (id) VALUES (?) ON CONFLICT DO NOTHING";

  private final Instance<AgroalDataSource> database;
  private final Node node;
  private volatile @Nullable String id;

  Installation(
      @ConfigProperty(name = "byoa.installation") Optional<String> name,
      Node node,
      Instance<AgroalDataSource> database) {
    this.database = database;
    this.node = node;
    this.id = name.orElse(null);
  }

  /** What the operator chose, or what the database knows. */
  String id() {
    String known = id;
    if (known == null) {
      known = remembered();
      id = known;
    }
    return known;
  }

  private String remembered() {
    try (Connection connection = database.get().getConnection();
        PreparedStatement adopt = connection.prepareStatement(ADOPT);
        PreparedStatement query = connection.prepareStatement("SELECT id FROM installation")) {
      adopt.setString(1, node.id());
      adopt.executeUpdate();
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("The database could not be asked for this installation", e);
    }
  }
}
