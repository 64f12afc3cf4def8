package io.byoa.web;

import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Forgets the answers whose day is over; runs on every replica, they do not get in each other's
 * way.
 */
@Singleton
public final class IdempotencyPurge {

  private static final Logger LOG = Logger.getLogger(IdempotencyPurge.class);
  private static final Duration EVERY = Duration.ofMinutes(10);
  private static final int BATCH = 5_000;

  private final Instance<AgroalDataSource> database;
  private final Vertx vertx;

  IdempotencyPurge(Instance<AgroalDataSource> database, Vertx vertx) {
    this.database = database;
    this.vertx = vertx;
  }

  void start(@Observes StartupEvent started) {
    vertx.setPeriodic(
        EVERY.toMillis(),
        timer ->
            vertx
                .executeBlocking(this::runOnce)
                .onFailure(e -> LOG.warn("Expired idempotency records stay for now", e)));
  }

  /** Deletes all expired records, a batch a transaction; how many it were. */
  public int runOnce() {
    int all = 0;
    int batch;
    do {
      batch =
          QuarkusTransaction.requiringNew()
              .call(() -> new IdempotencyRecords(database.get()).purge(BATCH));
      all += batch;
    } while (batch == BATCH);
    return all;
  }
}
