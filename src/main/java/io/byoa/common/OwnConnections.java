package io.byoa.common;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.postgresql.Driver;

/**
 * Connections to the database outside of the pool, for those who keep one for as long as the server
 * runs.
 */
@Singleton
public class OwnConnections {

  private static final Driver DRIVER = new Driver();

  private final Optional<String> url;
  private final Optional<String> user;
  private final Optional<String> password;

  OwnConnections(
      @ConfigProperty(name = "quarkus.datasource.jdbc.url") Optional<String> url,
      @ConfigProperty(name = "quarkus.datasource.username") Optional<String> user,
      @ConfigProperty(name = "quarkus.datasource.password") Optional<String> password) {
    this.url = url;
    this.user = user;
    this.password = password;
  }

  /**
   * A new connection; close it.
   *
   * @param name what the database calls it in its lists
   * @param patience how long an answer may take, whole seconds; zero for ever
   */
  public Connection open(String name, Duration patience) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("ApplicationName", name);
    properties.setProperty("connectTimeout", "2");
    properties.setProperty("loginTimeout", "2");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("socketTimeout", Long.toString(patience.toSeconds()));
    user.ifPresent(value -> properties.setProperty("user", value));
    password.ifPresent(value -> properties.setProperty("password", value));
    Connection connection = DRIVER.connect(url.orElse(""), properties);
    if (connection == null) {
      throw new SQLException("No PostgreSQL is configured");
    }
    return connection;
  }
}
