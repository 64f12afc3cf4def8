package io.byoa.job;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** Which jobs' logs and files are past their time, and how far their deletion is. */
@Singleton
class RetentionRepository implements PanacheRepositoryBase<JobEntity, String> {

  /** Says of jobs that ended longer ago than this that their logs and files are gone; their ids. */
  @SuppressWarnings("unchecked") // a native query for one text column
  List<String> expire(Duration age, int limit) {
    return getEntityManager()
        .createNativeQuery(
            """
            UPDATE job SET expired_at = now(), revision = revision + 1,
              lock_version = lock_version + 1
            WHERE id IN (
              SELECT id FROM job
              WHERE ended_at < now() - make_interval(secs => :seconds)
                AND ended_at IS NOT NULL AND expired_at IS NULL
              ORDER BY ended_at LIMIT :limit
              FOR UPDATE SKIP LOCKED)
            RETURNING id
            """,
            String.class)
        .setParameter("seconds", age.toMillis() / 1000.0)
        .setParameter("limit", limit)
        .getResultList();
  }

  /** Jobs whose logs and files have still to be deleted. */
  @SuppressWarnings("unchecked") // a native query for one text column
  List<String> toEmpty(int limit) {
    return getEntityManager()
        .createNativeQuery(
            """
            SELECT id FROM job WHERE expired_at IS NOT NULL AND emptied_at IS NULL
            ORDER BY id LIMIT :limit
            """,
            String.class)
        .setParameter("limit", limit)
        .getResultList();
  }

  /** The keys of the objects that list what a job left; see {@code Outputs.Archive}. */
  @SuppressWarnings("unchecked") // a native query for one text column
  List<String> fileLists(String job) {
    return getEntityManager()
        .createNativeQuery(
            """
            SELECT list.key FROM job, LATERAL (VALUES
              (outputs #>> '{model,list,key,value}'),
              (outputs #>> '{data,list,key,value}')) AS list (key)
            WHERE job.id = :job AND list.key IS NOT NULL
            """,
            String.class)
        .setParameter("job", job)
        .getResultList();
  }

  /** Deletes the log of a job whose files are gone, and notes that nothing is left to delete. */
  void empty(String job) {
    getEntityManager()
        .createNativeQuery("DELETE FROM job_log WHERE job = :job")
        .setParameter("job", job)
        .executeUpdate();
    getEntityManager()
        .createNativeQuery(
            "UPDATE job SET emptied_at = now(), lock_version = lock_version + 1 WHERE id = :job")
        .setParameter("job", job)
        .executeUpdate();
  }
}
