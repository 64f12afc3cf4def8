package io.byoa.algorithm;

import io.byoa.common.Chore;
import io.byoa.common.Sha256;
import io.byoa.store.ObjectKey;
import io.byoa.store.Sweep;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/**
 * Takes away code of pushes that died before their version was recorded; see {@link Sweep}.
 * Versions and their code stay for ever.
 */
@Singleton
final class CodeSweep implements Chore {

  private static final Sweep.Announced CODE =
      new Sweep.Announced("algorithm_code", "sha256", "algorithm_version", "code_sha256");

  private final Sweep sweep;

  CodeSweep(Sweep sweep) {
    this.sweep = sweep;
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
    return sweep.run(CODE, CodeSweep::objects);
  }

  private static List<ObjectKey> objects(String sha256) {
    Sha256 code = new Sha256(sha256);
    return List.of(StoredCode.archive(code), StoredCode.descriptor(code));
  }
}
