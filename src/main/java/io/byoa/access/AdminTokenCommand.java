package io.byoa.access;

import io.agroal.api.AgroalDataSource;
import io.byoa.common.Command;
import io.byoa.common.IdSource;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * {@code admin-token}: makes another admin token, for whoever may read the data folder; whether or
 * not a server runs on it. Prints the token and nothing else, so that a script can take it.
 */
@Singleton
class AdminTokenCommand implements Command {

  private final Instance<AgroalDataSource> database;
  private final AdminTokenFile file;
  private final IdSource ids;
  private final InstantSource time;

  AdminTokenCommand(
      Instance<AgroalDataSource> database,
      @ConfigProperty(name = "byoa.data") Path data,
      IdSource ids,
      InstantSource time) {
    this.database = database;
    this.file = AdminTokenFile.in(data);
    this.ids = ids;
    this.time = time;
  }

  @Override
  public String name() {
    return "admin-token";
  }

  @Override
  public String summary() {
    return "makes another admin token";
  }

  @Override
  public int run(List<String> arguments, PrintStream out) {
    if (!arguments.isEmpty()) {
      System.err.printf("admin-token takes no arguments; found %s.%n", String.join(" ", arguments));
      return 2;
    }
    try (Connection connection = database.get().getConnection()) {
      MachineTokens tokens = new MachineTokens(connection, ids, time);
      // Before the first start this is the first token, and goes into its file as that one would.
      Optional<Token> first = tokens.first(file);
      out.println((first.isPresent() ? first.get() : tokens.another()).secret());
      return 0;
    } catch (SQLException e) {
      throw new IllegalStateException("No admin token can be made", e);
    } catch (IOException e) {
      throw new UncheckedIOException("The admin token's file cannot be used: " + file.path(), e);
    }
  }
}
