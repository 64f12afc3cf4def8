package io.byoa.algorithm;

import io.byoa.common.Sha256;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;

/** The rows of {@code algorithm_code}: which code is in the store, or is about to be. */
@Singleton
class CodeRepository implements PanacheRepositoryBase<VersionEntity, VersionEntity.Key> {

  /** Announces code that is about to be stored; false while it is being taken away. */
  boolean claim(Sha256 code) {
    return update(
        """
        INSERT INTO algorithm_code (sha256) VALUES (:sha256)
        ON CONFLICT (sha256) DO UPDATE SET claimed_at = now() WHERE NOT algorithm_code.sweeping
        """,
        code);
  }

  /** Locks stored code until the transaction ends; false when it is gone or going. */
  boolean hold(Sha256 code) {
    return update(
        "UPDATE algorithm_code SET claimed_at = now() WHERE sha256 = :sha256 AND NOT sweeping",
        code);
  }

  private boolean update(String statement, Sha256 code) {
    return getEntityManager()
            .createNativeQuery(statement)
            .setParameter("sha256", code.hex())
            .executeUpdate()
        > 0;
  }
}
