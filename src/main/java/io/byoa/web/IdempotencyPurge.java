package io.byoa.web;

import io.agroal.api.AgroalDataSource;
import io.byoa.common.Chore;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Forgets the answers whose day is over. */
@Singleton
public final class IdempotencyPurge implements Chore {

  private static final int BATCH = 5_000;

  private final Instance<AgroalDataSource> database;

  IdempotencyPurge(Instance<AgroalDataSource> database) {
    this.database = database;
  }

  @Override
  public String name() {
    return "idempotency-records";
  }

  @Override
  public Duration every() {
    return Duration.ofMinutes(10);
  }

  /** Deletes all expired records, a batch a transaction; how many it were. */
  @Override
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
