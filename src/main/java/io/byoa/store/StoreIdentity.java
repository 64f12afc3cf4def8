package io.byoa.store;

import io.agroal.api.AgroalDataSource;
import io.byoa.common.FailureException;
import io.byoa.common.IdSource;
import io.byoa.common.StartRefused;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Stops a replica that was given another store than the one its database knows. A store carries a
 * name of its own, made once and kept in it; the database remembers the name of its store. So
 * replicas whose store is a folder of their own are found out at the second one's start, whatever
 * machine it is on, and so is a server whose folder was mixed up.
 */
@Singleton
class StoreIdentity {

  private static final ObjectKey NAME = ObjectKey.of("store", "identity");

  private final ObjectStore store;
  private final Instance<AgroalDataSource> database;
  private final IdSource ids;
  private final boolean serving;

  StoreIdentity(
      ObjectStore store,
      Instance<AgroalDataSource> database,
      IdSource ids,
      @ConfigProperty(name = "byoa.serving") boolean serving) {
    this.store = store;
    this.database = database;
    this.ids = ids;
    this.serving = serving;
  }

  /** Before anything works with what is stored. */
  void start(@Observes @Priority(1) StartupEvent event) {
    if (serving) {
      check();
    }
  }

  /** The first start on a new database makes its store known to it. */
  void check() {
    try (Connection connection = database.get().getConnection()) {
      Optional<String> known = known(connection);
      Optional<String> here = here();
      if (known.isEmpty()) {
        String name = here.isPresent() ? here.get() : make();
        // Of several first starts at the same time one is the first; the others compare with it.
        remember(connection, name);
        known = known(connection);
        here = Optional.of(name);
      }
      if (!known.equals(here)) {
        throw new StartRefused(refusal());
      }
    } catch (SQLException e) {
      throw new IllegalStateException("The database could not be asked which store is its own", e);
    } catch (IOException e) {
      throw new UncheckedIOException("The store's identity cannot be read", e);
    }
  }

  /** Makes the store that is configured here the database's own from now on. */
  void adopt() {
    try (Connection connection = database.get().getConnection();
        PreparedStatement forget = connection.prepareStatement("delete from store_identity")) {
      forget.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("The database's store could not be changed", e);
    }
    check();
  }

  private static String refusal() {
    return "The database knows another store than the one that is configured"
        + " here. Several replicas need one store that all of them share: give this one the store of"
        + " the others (BYOA_STORE, with BYOA_STORE_FILE_FOLDER or with BYOA_S3_BUCKET and"
        + " BYOA_S3_PREFIX), or a database of its own (BYOA_DATABASE_URL). If the store was replaced on purpose, run the command"
        + " 'adopt-store' once; what only the former one holds is then missing.";
  }

  private Optional<String> here() throws IOException {
    Optional<StoredObject> object = store.find(NAME);
    if (object.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream content = store.open(object.get())) {
      return Optional.of(new String(content.readAllBytes(), StandardCharsets.UTF_8).strip());
    }
  }

  private String make() throws IOException {
    String name = ids.next();
    try {
      store.put(NAME, new ByteArrayInputStream(name.getBytes(StandardCharsets.UTF_8)));
      return name;
    } catch (FailureException e) {
      // Another replica that shares the store was quicker.
      return here().orElseThrow(() -> e);
    }
  }

  private static Optional<String> known(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("select id from store_identity");
        ResultSet rows = query.executeQuery()) {
      return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
    }
  }

  private static void remember(Connection connection, String name) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into store_identity (id) values (?) on conflict do nothing")) {
      insert.setString(1, name);
      insert.executeUpdate();
    }
  }
}
