package io.byoa.job.claim;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which replica works on which job.
 *
 * <p>A replica renews one lease; jobs carry its name and epoch, and every write on their behalf is
 * conditional on both. Only the database's clock is read.
 *
 * <p>Every statement says of its jobs what the partial indexes say of theirs, above all {@code
 * due_at IS NOT NULL}: jobs that are over stay for ever, and must cost nothing here.
 */
@Singleton
public class ClaimRepository {

  private final Instance<EntityManager> database;

  ClaimRepository(Instance<EntityManager> database) {
    this.database = database;
  }

  /**
   * Takes a new lease for a replica that has just started, ending any earlier one of its name.
   *
   * @param node the machine; jobs that run on it stay with it
   */
  @Transactional
  public Lease begin(String replica, String node, Duration length) {
    Number epoch =
        (Number)
            database
                .get()
                .createNativeQuery(
                    """
                    INSERT INTO lease (replica, epoch, node, expires_at)
                    VALUES (:replica, 1 + coalesce((SELECT epoch FROM lease_forgotten), 0), :node,
                      now() + make_interval(secs => :seconds))
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
    return database
            .get()
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
    database
        .get()
        .createNativeQuery(
            "UPDATE lease SET expires_at = now() WHERE replica = :replica AND epoch = :epoch")
        .setParameter("replica", lease.owner())
        .setParameter("epoch", lease.epoch())
        .executeUpdate();
  }

  /**
   * Claims jobs that have something to do and belong to nobody: launched ones first of all, those
   * that have waited longest, and of each engine's line no more than its head. Whoever stands
   * behind it belongs to nobody and costs nothing, however long the line is.
   *
   * @param limit of launched jobs
   * @param head how many jobs of a line may be ours and wait for a slot
   * @return how many were claimed
   */
  @Transactional
  public int take(Lease lease, String node, int limit, int head) {
    freeLost();
    int claimed =
        update(
            """
            UPDATE job SET owner = :owner, owner_epoch = :epoch, lock_version = lock_version + 1
            WHERE id IN (
              SELECT id FROM job
              WHERE owner IS NULL AND status <> 'Queued' AND due_at <= now()
                AND (node IS NULL OR node = :node)
              ORDER BY due_at LIMIT :limit
              FOR UPDATE SKIP LOCKED)
            """,
            lease,
            Map.of("node", node, "limit", limit));
    for (String engine : lines()) {
      claimed += takeLine(lease, node, engine, head);
    }
    return claimed;
  }

  /**
   * Jobs whose owner has lost its lease belong to nobody, and are due. Mostly there are none, which
   * one look at the index for each lease tells: a join would go through all jobs that run, as soon
   * as the planner thinks that these are not many.
   */
  @SuppressWarnings("unchecked") // a native query for one text column
  private void freeLost() {
    List<String> lost =
        database
            .get()
            .createNativeQuery(
                """
                SELECT lost.id FROM lease CROSS JOIN LATERAL (
                  SELECT id FROM job
                  WHERE owner = lease.replica AND due_at IS NOT NULL
                    AND owner_epoch <=
                      CASE WHEN lease.expires_at > now() THEN lease.epoch - 1 ELSE lease.epoch END
                  LIMIT 1000 FOR UPDATE SKIP LOCKED) AS lost
                """,
                String.class)
            .getResultList();
    if (!lost.isEmpty()) {
      database
          .get()
          .createNativeQuery(
              """
              UPDATE job SET owner = NULL, owner_epoch = NULL, due_at = now(),
                lock_version = lock_version + 1
              WHERE id IN (:lost)
              """)
          .setParameter("lost", lost)
          .executeUpdate();
    }
  }

  /** The engines for which jobs are in line that belong to nobody; skips along the index. */
  @SuppressWarnings("unchecked") // a native query for one text column
  private List<String> lines() {
    return database
        .get()
        .createNativeQuery(
            """
            WITH RECURSIVE line (engine) AS (
              SELECT min(engine) FROM job
              WHERE owner IS NULL AND status = 'Queued' AND due_at IS NOT NULL
              UNION ALL
              SELECT (SELECT min(job.engine) FROM job
                WHERE owner IS NULL AND status = 'Queued' AND due_at IS NOT NULL
                  AND job.engine > line.engine)
              FROM line WHERE line.engine IS NOT NULL)
            SELECT engine FROM line WHERE engine IS NOT NULL
            """,
            String.class)
        .getResultList();
  }

  private int takeLine(Lease lease, String node, String engine, int head) {
    return update(
        """
        UPDATE job SET owner = :owner, owner_epoch = :epoch, lock_version = lock_version + 1
        WHERE id IN (
          SELECT id FROM job
          WHERE owner IS NULL AND status = 'Queued' AND engine = :engine AND due_at <= now()
            AND (node IS NULL OR node = :node)
          ORDER BY id
          LIMIT greatest(0, :head - (
            SELECT count(*) FROM job
            WHERE owner = :owner AND owner_epoch = :epoch AND due_at IS NOT NULL
              AND status = 'Queued' AND engine = :engine AND secondary_status = 'WaitingForSlot'))
          FOR UPDATE SKIP LOCKED)
        """,
        lease,
        Map.of("node", node, "engine", engine, "head", head));
  }

  /**
   * The ids of our jobs that are due, the one that has waited longest first, so that none starves
   * when there are more than one round can move.
   *
   * @param sooner jobs to look at whenever they are due, if they are ours
   */
  @Transactional
  public List<String> due(Lease lease, Collection<String> sooner, int limit) {
    List<String> due =
        ids(
            """
            SELECT id FROM job
            WHERE due_at <= now() AND owner = :owner AND owner_epoch = :epoch
            ORDER BY due_at, id LIMIT :limit
            """,
            lease,
            Map.of("limit", limit));
    if (sooner.isEmpty()) {
      return due;
    }
    Set<String> all = new LinkedHashSet<>(due);
    all.addAll(
        ids(
            """
            SELECT id FROM job
            WHERE id IN (:sooner) AND due_at IS NOT NULL
              AND owner = :owner AND owner_epoch = :epoch
            """,
            lease,
            Map.of("sooner", sooner)));
    return List.copyOf(all);
  }

  /**
   * The ids of our jobs in line for an engine, oldest first: those that are due, and those that
   * wait for their turn or for a slot, so that a younger job never takes the slot of an older one.
   */
  @Transactional
  public List<String> waiting(Lease lease, String engine, int limit) {
    return ids(
        """
        SELECT id FROM job
        WHERE status = 'Queued' AND engine = :engine AND due_at IS NOT NULL
          AND (due_at <= now()
            OR NOT launching AND secondary_status = 'WaitingForSlot')
          AND owner = :owner AND owner_epoch = :epoch
        ORDER BY id LIMIT :limit
        """,
        lease,
        Map.of("engine", engine, "limit", limit));
  }

  /** A slot of an engine is free: the oldest job in line for it is due now. */
  @Transactional
  public void wakeWaiting(Lease lease, String engine) {
    update(
        """
        UPDATE job SET due_at = now(), lock_version = lock_version + 1
        WHERE id = (
          SELECT id FROM job
          WHERE status = 'Queued' AND engine = :engine AND due_at IS NOT NULL
            AND NOT launching AND secondary_status = 'WaitingForSlot'
            AND owner = :owner AND owner_epoch = :epoch
          ORDER BY id LIMIT 1)
        """,
        lease,
        Map.of("engine", engine));
  }

  /** Nobody in line for an engine is due for a while: it takes no job for now. */
  @Transactional
  public void postponeWaiting(Lease lease, String engine, Duration delay) {
    update(
        """
        UPDATE job SET due_at = now() + make_interval(secs => CAST(:seconds AS float8)),
          lock_version = lock_version + 1
        WHERE status = 'Queued' AND engine = :engine AND due_at <= now()
          AND owner = :owner AND owner_epoch = :epoch
        """,
        lease,
        Map.of("engine", engine, "seconds", seconds(delay)));
  }

  /**
   * What a lease has to do.
   *
   * @param jobs how many jobs it follows or has in line
   * @param untilNext how long until one of them is due; absent when there is none
   */
  public record Load(long jobs, @Nullable Duration untilNext) {}

  /** What we have to do. */
  @Transactional
  public Load load(Lease lease) {
    Object[] row =
        (Object[])
            database
                .get()
                .createNativeQuery(
                    """
                    SELECT count(*), CAST(extract(epoch FROM min(due_at) - now()) AS float8) FROM job
                    WHERE due_at IS NOT NULL AND owner = :owner AND owner_epoch = :epoch
                    """,
                    Object[].class)
                .setParameter("owner", lease.owner())
                .setParameter("epoch", lease.epoch())
                .getSingleResult();
    Number left = (Number) row[1];
    return new Load(
        ((Number) row[0]).longValue(),
        left == null ? null : Duration.ofMillis(Math.max(0, (long) (left.doubleValue() * 1000))));
  }

  /**
   * Looks at jobs again later, or never again. One that has come to another status since, because
   * somebody asked it to stop, stays due.
   *
   * @param status the word of the status in which they were left
   * @param delay null when nothing is left to do
   */
  @Transactional
  public void again(Collection<String> jobs, String status, Lease lease, @Nullable Duration delay) {
    String due = delay == null ? "NULL" : "now() + make_interval(secs => CAST(:seconds AS float8))";
    update(
        """
        UPDATE job SET due_at = %s, lock_version = lock_version + 1
        WHERE id IN (:jobs) AND status = :status AND owner = :owner AND owner_epoch = :epoch
        """
            .formatted(due),
        lease,
        delay == null
            ? Map.of("jobs", jobs, "status", status)
            : Map.of("jobs", jobs, "status", status, "seconds", seconds(delay)));
  }

  /** Looks at a job again after a while, whatever its status: it could not be handled. */
  @Transactional
  public void setAside(Collection<String> jobs, Lease lease, Duration delay) {
    update(
        """
        UPDATE job SET due_at = now() + make_interval(secs => CAST(:seconds AS float8)),
          lock_version = lock_version + 1
        WHERE id IN (:jobs) AND owner = :owner AND owner_epoch = :epoch
        """,
        lease,
        Map.of("jobs", jobs, "seconds", seconds(delay)));
  }

  @SuppressWarnings("unchecked") // a native query for one text column
  private List<String> ids(String query, Lease lease, Map<String, Object> values) {
    Query typed = database.get().createNativeQuery(query, String.class);
    return bind(typed, lease, values).getResultList();
  }

  private int update(String statement, Lease lease, Map<String, Object> values) {
    return bind(database.get().createNativeQuery(statement), lease, values).executeUpdate();
  }

  private static Query bind(Query query, Lease lease, Map<String, Object> values) {
    values.forEach(query::setParameter);
    return query.setParameter("owner", lease.owner()).setParameter("epoch", lease.epoch());
  }

  /**
   * Refuses a write by somebody whose claim is gone; runs in the writer's transaction.
   *
   * @param lease the claim under which a job is written; null for what people ask for
   * @param owner the replica that the job's row names, under the row's lock
   * @param epoch the lease that it names
   * @throws FenceLostException when the claim is no longer held
   */
  public void check(
      @Nullable Lease lease, String job, @Nullable String owner, @Nullable Long epoch) {
    if (lease == null) {
      return;
    }
    boolean named = lease.owner().equals(owner) && epoch != null && epoch == lease.epoch();
    if (!named || !holds(lease)) {
      throw new FenceLostException(job);
    }
  }

  private boolean holds(Lease lease) {
    return !database
        .get()
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
