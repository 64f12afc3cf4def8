package io.byoa.algorithm;

import io.byoa.common.Chore;
import io.byoa.common.Sha256;
import io.byoa.store.ObjectStore;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Takes away code of pushes that died before their version was recorded, a day later. Versions and
 * their code stay for ever.
 *
 * <p>It marks the code, deletes, and only then forgets it; a push of the same code waits for that.
 * If it dies on the way, it goes on an hour later. It goes by the rows that pushes leave before
 * they store anything, never by what lies in the store: there it could not tell what a version of a
 * database that was restored from a backup may still need.
 */
@Singleton
final class CodeSweep implements Chore {

  private static final Logger LOG = Logger.getLogger(CodeSweep.class);

  private final CodeRepository rows;
  private final ObjectStore store;

  CodeSweep(CodeRepository rows, ObjectStore store) {
    this.rows = rows;
    this.store = store;
  }

  @Override
  public String name() {
    return "code-leftovers";
  }

  @Override
  public Duration every() {
    return Duration.ofHours(1);
  }

  @Override
  public int runOnce() {
    int removed = 0;
    Optional<Sha256> next = begin();
    while (next.isPresent()) {
      Sha256 code = next.get();
      store.delete(StoredCode.archive(code));
      store.delete(StoredCode.descriptor(code));
      QuarkusTransaction.requiringNew().run(() -> rows.endSweep(code));
      LOG.infof("Removed the code of a push that was never recorded, %s", code);
      removed++;
      next = begin();
    }
    return removed;
  }

  private Optional<Sha256> begin() {
    return QuarkusTransaction.requiringNew().call(rows::beginSweep);
  }
}
