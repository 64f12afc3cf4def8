package io.byoa.access;

import io.agroal.api.AgroalDataSource;
import io.byoa.common.IdSource;
import io.byoa.common.StartupNote;
import io.quarkus.arc.InjectableInstance;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Makes the one credential that a new installation has: at the first start, before the first
 * request is answered. It is printed to the terminal, past the log, which may be kept and read
 * elsewhere; and it is kept in {@code <data>/admin-token}.
 */
@Singleton
class FirstAdminToken implements StartupNote {

  private static final Logger LOG = Logger.getLogger(FirstAdminToken.class);

  private final InjectableInstance<AgroalDataSource> database;
  private final boolean serving;
  private final AdminTokenFile file;
  private final IdSource ids;
  private final InstantSource time;
  private volatile String text = "";
  private volatile String logged = "";

  FirstAdminToken(
      InjectableInstance<AgroalDataSource> database,
      @ConfigProperty(name = "byoa.serving") boolean serving,
      @ConfigProperty(name = "byoa.data") Path data,
      IdSource ids,
      InstantSource time) {
    this.database = database;
    this.serving = serving;
    this.file = AdminTokenFile.in(data);
    this.ids = ids;
    this.time = time;
  }

  void start(@Observes StartupEvent event) {
    if (!serving || !database.getHandle().getBean().isActive()) {
      return; // A command, or a test without a database, lets nobody in.
    }
    try (Connection connection = database.get().getConnection()) {
      MachineTokens tokens = new MachineTokens(connection, ids, time);
      Optional<Token> made = tokens.first(file);
      text = made.isPresent() ? first(made.get()) : later(tokens);
      logged = made.isPresent() ? "in " + file.path() : text;
    } catch (SQLException e) {
      throw new IllegalStateException("The first admin token cannot be made", e);
    } catch (IOException e) {
      throw new UncheckedIOException("The admin token's file cannot be used: " + file.path(), e);
    }
  }

  private String first(Token token) {
    return "%s%n(shown this once; kept in %s)".formatted(token.secret(), file.path());
  }

  private String later(MachineTokens tokens) throws SQLException, IOException {
    Optional<Token> kept = file.read();
    if (kept.isEmpty()) {
      return "";
    }
    if (tokens.isLive(kept.get())) {
      return "in " + file.path();
    }
    LOG.warnf(
        "The token in %s is not valid here: it was revoked, or is another database's."
            + " 'make admin-token' makes a new one.",
        file.path());
    return "";
  }

  @Override
  public String label() {
    return "Admin token";
  }

  @Override
  public String text() {
    return text;
  }

  @Override
  public String logged() {
    return logged;
  }

  @Override
  public int order() {
    return 20;
  }
}
