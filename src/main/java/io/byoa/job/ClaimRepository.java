package io.byoa.job;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which replica works on which job.
 *
 * <p>A replica renews one lease; jobs carry its name and epoch, and every write on their behalf is
 * conditional on both. Only the database's clock is read.
 */
@Singleton
public class ClaimRepository implements PanacheRepositoryBase<JobEntity, String> {

  /**
   * Takes a new lease for a replica that has just started, ending any earlier one of its name.
   *
   * @param node the machine; jobs that run on it stay with it
   */
  @Transactional
  public Lease begin(String replica, String node, Duration length) {
    Number epoch =
        (Number)
            getEntityManager()
                .createNativeQuery(
                    """
                    INSERT INTO lease (replica, epoch, node, expires_at)
                    VALUES (:replica, 1, :node, now() + make_interval(secs => :seconds))
                    ON CONFLICT (replica) DO UPDATE
                      SET epoch = lease.epoch + 1, node = excluded.node, expires_at = excluded.expires_at
                    RETURNING epoch
                    """,
                    Long.class)
                .setParameter("replica", replica)
                .setParameter("node", node)
                .setParameter("seconds", seconds(length))
                .getSingleResult();
    return new Lease(replica, epoch.longValue());
  }

  /** Makes the lease last from now; false when it had run out, and a new one must begin. */
  @Transactional
  public boolean renew(Lease lease, Duration length) {
    return getEntityManager()
            .createNativeQuery(
                """
                UPDATE lease SET expires_at = now() + make_interval(secs => :seconds)
                WHERE replica = :replica AND epoch = :epoch AND expires_at > now()
                """)
            .setParameter("replica", lease.owner())
            .setParameter("epoch", lease.epoch())
            .setParameter("seconds", seconds(length))
            .executeUpdate()
        == 1;
  }

  /** Hands the lease back: other replicas may take over its jobs at once. */
  @Transactional
  public void end(Lease lease) {
    getEntityManager()
        .createNativeQuery(
            "UPDATE lease SET expires_at = now() WHERE replica = :replica AND epoch = :epoch")
        .setParameter("replica", lease.owner())
        .setParameter("epoch", lease.epoch())
        .executeUpdate();
  }

  /**
   * ClaimRepository jobs that have something to do and belong to nobody, or to a lease that ran
   * out, oldest first.
   *
   * @return how many
   */
  @Transactional
  public int take(Lease lease, String node, int limit) {
    return getEntityManager()
        .createNativeQuery(
            """
            UPDATE job SET owner = :owner, owner_epoch = :epoch, lock_version = lock_version + 1
            WHERE id IN (
              SELECT j.id FROM job j
              WHERE j.due_at <= now()
                AND (j.node IS NULL OR j.node = :node)
                AND (j.owner IS NULL OR NOT EXISTS (
                  SELECT FROM lease l
                  WHERE l.replica = j.owner AND l.epoch = j.owner_epoch AND l.expires_at > now()))
              ORDER BY j.id LIMIT :limit
              FOR UPDATE SKIP LOCKED)
            """)
        .setParameter("owner", lease.owner())
        .setParameter("epoch", lease.epoch())
        .setParameter("node", node)
        .setParameter("limit", limit)
        .executeUpdate();
  }

  /** The ids of our jobs that are due, oldest first. */
  @Transactional
  @SuppressWarnings("unchecked") // a native query for one text column
  public List<String> due(Lease lease, int limit) {
    return getEntityManager()
        .createNativeQuery(
            """
            SELECT id FROM job
            WHERE due_at <= now() AND owner = :owner AND owner_epoch = :epoch
            ORDER BY id LIMIT :limit
            """,
            String.class)
        .setParameter("owner", lease.owner())
        .setParameter("epoch", lease.epoch())
        .setParameter("limit", limit)
        .getResultList();
  }

  /**
   * The ids of our jobs that wait to be launched, oldest first: those that are due, and those that
   * wait for a slot, so that a younger job never takes the slot an older one waits for.
   */
  @Transactional
  @SuppressWarnings("unchecked") // a native query for one text column
  public List<String> waiting(Lease lease, int limit) {
    return getEntityManager()
        .createNativeQuery(
            """
            SELECT id FROM job
            WHERE status = 'Queued' AND (due_at <= now() OR secondary_status = 'WaitingForSlot')
              AND owner = :owner AND owner_epoch = :epoch
            ORDER BY id LIMIT :limit
            """,
            String.class)
        .setParameter("owner", lease.owner())
        .setParameter("epoch", lease.epoch())
        .setParameter("limit", limit)
        .getResultList();
  }

  /** A slot of an engine is free: the oldest job that waits for one is due now. */
  @Transactional
  public void wakeWaiting(Lease lease, String engine) {
    getEntityManager()
        .createNativeQuery(
            """
            UPDATE job SET due_at = now(), lock_version = lock_version + 1
            WHERE id = (
              SELECT id FROM job
              WHERE status = 'Queued' AND secondary_status = 'WaitingForSlot' AND engine = :engine
                AND owner = :owner AND owner_epoch = :epoch
              ORDER BY id LIMIT 1)
            """)
        .setParameter("engine", engine)
        .setParameter("owner", lease.owner())
        .setParameter("epoch", lease.epoch())
        .executeUpdate();
  }

  /** How long until one of our jobs is due; empty when none will be. */
  @Transactional
  public Optional<Duration> untilNext(Lease lease) {
    Number seconds =
        (Number)
            getEntityManager()
                .createNativeQuery(
                    """
                    SELECT CAST(extract(epoch FROM min(due_at) - now()) AS float8) FROM job
                    WHERE due_at IS NOT NULL AND owner = :owner AND owner_epoch = :epoch
                    """,
                    Double.class)
                .setParameter("owner", lease.owner())
                .setParameter("epoch", lease.epoch())
                .getSingleResultOrNull();
    return Optional.ofNullable(seconds)
        .map(s -> Duration.ofMillis(Math.max(0, (long) (s.doubleValue() * 1000))));
  }

  /**
   * Looks at a job again later, or never again.
   *
   * @param delay null when nothing is left to do
   */
  @Transactional
  public void again(String job, Lease lease, @Nullable Duration delay) {
    getEntityManager()
        .createNativeQuery(
            """
            UPDATE job SET due_at = now() + make_interval(secs => CAST(:seconds AS float8)),
              lock_version = lock_version + 1
            WHERE id = :job AND owner = :owner AND owner_epoch = :epoch
            """)
        .setParameter("job", job)
        .setParameter("owner", lease.owner())
        .setParameter("epoch", lease.epoch())
        .setParameter("seconds", delay == null ? null : seconds(delay))
        .executeUpdate();
  }

  /** Refuses a write by somebody whose claim is gone; runs in the writer's transaction. */
  void check(@Nullable Lease lease, JobEntity row) {
    if (lease == null) {
      return;
    }
    boolean named =
        lease.owner().equals(row.owner)
            && row.ownerEpoch != null
            && row.ownerEpoch == lease.epoch();
    if (!named || !holds(lease)) {
      throw new FenceLostException(row.id);
    }
  }

  private boolean holds(Lease lease) {
    return !getEntityManager()
        .createNativeQuery(
            "SELECT 1 FROM lease WHERE replica = :replica AND epoch = :epoch AND expires_at > now()")
        .setParameter("replica", lease.owner())
        .setParameter("epoch", lease.epoch())
        .getResultList()
        .isEmpty();
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
