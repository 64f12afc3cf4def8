package io.byoa.database;

import io.agroal.api.AgroalPoolInterceptor;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** The pool's connections, so that those who wait on them can be freed at once. */
@Singleton
class OpenConnections implements AgroalPoolInterceptor {

  private static final Logger LOG = Logger.getLogger(OpenConnections.class);

  private final Set<Connection> open = ConcurrentHashMap.newKeySet();

  @Override
  public void onConnectionCreate(Connection connection) {
    open.add(connection);
  }

  @Override
  public void onConnectionDestroy(Connection connection) {
    open.remove(connection);
  }

  /** Cuts all of them: whoever waits for an answer gets an exception now. */
  void abort() {
    for (Connection connection : open) {
      try {
        connection.abort(Runnable::run);
      } catch (SQLException e) {
        LOG.debugf(e, "A connection could not be cut");
      }
    }
  }
}
