package io.byoa.dataset;

import io.byoa.common.Chore;
import io.byoa.common.Sha256;
import io.byoa.store.ObjectStore;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Takes away the content of uploads that died before they got a name, a day later.
 *
 * <p>It marks the content, deletes, and only then forgets it; an upload of the same content waits
 * for that. If it dies on the way, it goes on an hour later.
 */
@Singleton
final class DatasetSweep implements Chore {

  private static final Logger LOG = Logger.getLogger(DatasetSweep.class);

  private final DatasetRepository rows;
  private final ObjectStore store;

  DatasetSweep(DatasetRepository rows, ObjectStore store) {
    this.rows = rows;
    this.store = store;
  }

  @Override
  public String name() {
    return "dataset-leftovers";
  }

  @Override
  public Duration every() {
    return Duration.ofHours(1);
  }

  /** Removes all that is due; answers how many contents it were. */
  @Override
  public int runOnce() {
    int removed = 0;
    Optional<Manifest> next = begin();
    while (next.isPresent()) {
      Manifest manifest = next.get();
      Sha256 digest = manifest.digest();
      manifest.entries().forEach(entry -> store.delete(Dataset.key(digest, entry.path())));
      QuarkusTransaction.requiringNew().run(() -> rows.endSweep(digest.hex()));
      LOG.infof("Removed the remains of an unfinished upload, %s", digest);
      removed++;
      next = begin();
    }
    return removed;
  }

  private Optional<Manifest> begin() {
    return QuarkusTransaction.requiringNew().call(rows::beginSweep).map(Manifest::parse);
  }
}
