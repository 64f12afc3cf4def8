package io.byoa.store;

import io.agroal.api.AgroalDataSource;
import io.byoa.common.IdSource;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Takes away what somebody announced, began to store and never finished, a day after anybody last
 * wanted it. It goes by the rows that were written before anything was stored, never by what lies
 * in the store: there it could not tell what a database that was restored from a backup may still
 * need.
 *
 * <p>It marks a row with a name of its own, deletes, and only then forgets the row; whoever
 * announces the same content meanwhile is told to wait. If it dies on the way, another one goes on
 * an hour after its last sign of life. Before each object it makes sure that the mark is still its
 * own, so that one that was held up for longer stops, and leaves alone what has come since.
 */
@Singleton
public final class Sweep {

  private static final Logger LOG = Logger.getLogger(Sweep.class);

  private static final String KEEP =
      "UPDATE %s SET claimed_at = now() WHERE %s = ? AND sweeping AND sweeper = ?";

  private static final String FORGET = "DELETE FROM %s WHERE %s = ? AND sweeping AND sweeper = ?";

  private final ObjectStore store;
  private final Instance<AgroalDataSource> database;
  private final IdSource ids;

  /** Over this store and database. */
  public Sweep(ObjectStore store, Instance<AgroalDataSource> database, IdSource ids) {
    this.store = store;
    this.database = database;
    this.ids = ids;
  }

  /**
   * Where a feature announces what it is about to store.
   *
   * @param table has the columns {@code claimed_at}, {@code sweeping} and {@code sweeper}
   * @param key its column that tells contents apart
   * @param owners the table that says which contents are in use
   * @param owned its column with the key of a content
   */
  public record Announced(String table, String key, String owners, String owned) {}

  /**
   * Takes away all that is due.
   *
   * @param objects what a content consists of in the store, by its key
   * @return how many contents it were
   */
  public int run(Announced where, Function<String, List<ObjectKey>> objects) {
    String sweeper = ids.next();
    int removed = 0;
    Optional<String> due = marked(where, sweeper);
    while (due.isPresent()) {
      String key = due.get();
      if (removed(where, key, sweeper, objects.apply(key))) {
        LOG.infof("Removed what an unfinished push has left, %s of %s", key, where.table());
        removed++;
      } else {
        LOG.warnf("Another sweep went on with %s of %s; leaving it alone", key, where.table());
      }
      due = marked(where, sweeper);
    }
    return removed;
  }

  private boolean removed(Announced where, String key, String sweeper, List<ObjectKey> objects) {
    for (ObjectKey object : objects) {
      if (!changed(KEEP, where, key, sweeper)) {
        return false;
      }
      store.delete(object);
    }
    return changed(FORGET, where, key, sweeper);
  }

  private Optional<String> marked(Announced where, String sweeper) {
    String mark =
        """
        UPDATE %1$s SET sweeping = true, sweeper = ?, claimed_at = now()
        WHERE %2$s = (
          SELECT c.%2$s FROM %1$s c
          WHERE c.claimed_at
              < now() - CASE WHEN c.sweeping THEN interval '1 hour' ELSE interval '1 day' END
            AND NOT EXISTS (SELECT FROM %3$s o WHERE o.%4$s = c.%2$s)
          ORDER BY c.claimed_at LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING %2$s
        """
            .formatted(where.table(), where.key(), where.owners(), where.owned());
    try (Connection connection = database.get().getConnection();
        PreparedStatement statement = connection.prepareStatement(mark)) {
      statement.setString(1, sweeper);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("The database could not be asked what is left over", e);
    }
  }

  private boolean changed(String change, Announced where, String key, String sweeper) {
    try (Connection connection = database.get().getConnection();
        PreparedStatement statement =
            connection.prepareStatement(change.formatted(where.table(), where.key()))) {
      statement.setString(1, key);
      statement.setString(2, sweeper);
      return statement.executeUpdate() == 1;
    } catch (SQLException e) {
      throw new IllegalStateException("The database could not be told what is left over", e);
    }
  }
}
