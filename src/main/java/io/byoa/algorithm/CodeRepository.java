package io.byoa.algorithm;

import io.byoa.common.Sha256;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

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

  /**
   * Marks code that no version has, and that nobody has wanted for a day, as being taken away; also
   * such whose taking away died an hour ago.
   */
  Optional<Sha256> beginSweep() {
    List<?> marked =
        getEntityManager()
            .createNativeQuery(
                """
                UPDATE algorithm_code SET sweeping = true, claimed_at = now()
                WHERE sha256 = (
                  SELECT c.sha256 FROM algorithm_code c
                  WHERE c.claimed_at
                      < now() - CASE WHEN c.sweeping THEN interval '1 hour' ELSE interval '1 day' END
                    AND NOT EXISTS (SELECT FROM algorithm_version v WHERE v.code_sha256 = c.sha256)
                  ORDER BY c.claimed_at LIMIT 1 FOR UPDATE SKIP LOCKED)
                RETURNING sha256
                """,
                String.class)
            .getResultList();
    return marked.stream().map(hex -> new Sha256((String) hex)).findFirst();
  }

  void endSweep(Sha256 code) {
    update("DELETE FROM algorithm_code WHERE sha256 = :sha256 AND sweeping", code);
  }

  private boolean update(String statement, Sha256 code) {
    return getEntityManager()
            .createNativeQuery(statement)
            .setParameter("sha256", code.hex())
            .executeUpdate()
        > 0;
  }
}
