package io.byoa.dataset;

import io.byoa.common.Chore;
import io.byoa.store.ObjectKey;
import io.byoa.store.Sweep;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** Takes away the content of uploads that died before they got a name; see {@link Sweep}. */
@Singleton
final class DatasetSweep implements Chore {

  private static final Sweep.Announced CONTENT =
      new Sweep.Announced("dataset_content", "digest", "dataset", "digest");

  private final Sweep sweep;
  private final DatasetRepository rows;

  DatasetSweep(Sweep sweep, DatasetRepository rows) {
    this.sweep = sweep;
    this.rows = rows;
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
    return sweep.run(CONTENT, this::files);
  }

  private List<ObjectKey> files(String digest) {
    Manifest manifest =
        Manifest.parse(QuarkusTransaction.requiringNew().call(() -> rows.content(digest).manifest));
    return manifest.entries().stream()
        .map(entry -> Dataset.key(manifest.digest(), entry.path()))
        .toList();
  }
}
