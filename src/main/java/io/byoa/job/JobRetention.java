package io.byoa.job;

import io.byoa.common.Chore;
import io.byoa.common.LogContext;
import io.byoa.job.watch.JobChanged;
import io.byoa.store.ListedObject;
import io.byoa.store.ObjectKey;
import io.byoa.store.ObjectStore;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.event.Event;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Deletes logs and files of jobs that ended long ago; their status, metrics, events and the list of
 * what they left stay; where that list is an object of the store, it is the one that is kept.
 *
 * <p>First it commits that they have expired, from when on nobody is handed any of it; then it
 * deletes what lies in the job's own folder of the store, and only that: whatever else a result
 * names belongs to others too. At last it deletes the log and notes the end, in one transaction.
 * Dying anywhere between leaves a row that says what is still to do.
 */
@Singleton
class JobRetention implements Chore {

  private static final Logger LOG = Logger.getLogger(JobRetention.class);

  private static final int BATCH = 100;

  /** Jobs of one turn, so that a server which stops meanwhile need not wait for long. */
  private static final int A_TURN = 1_000;

  private final RetentionRepository rows;
  private final ObjectStore store;
  private final Retention retention;
  private final Event<JobChanged> changes;

  JobRetention(
      RetentionRepository rows, ObjectStore store, JobConfig config, Event<JobChanged> changes) {
    this.rows = rows;
    this.store = store;
    this.retention = config.retention();
    this.changes = changes;
  }

  @Override
  public String name() {
    return "job-retention";
  }

  @Override
  public Duration every() {
    return Duration.ofMinutes(10);
  }

  /**
   * Empties what is due. A job that resists is passed over until the next turn.
   *
   * @throws RuntimeException the first job's trouble, when all others are done
   */
  @Override
  public int runOnce() {
    Map<String, RuntimeException> troubled = new LinkedHashMap<>();
    int emptied = 0;
    int before;
    do {
      before = emptied;
      retention.time().ifPresent(this::expire);
      for (String job : toEmpty(troubled.keySet())) {
        try (var _ = LogContext.ofJob(job)) {
          empty(job);
          emptied++;
        } catch (RuntimeException e) {
          LOG.warnf(e, "Logs and files of job %s could not be deleted; they are later", job);
          troubled.put(job, e);
        }
      }
    } while (emptied > before && emptied < A_TURN && troubled.size() < BATCH);
    if (!troubled.isEmpty()) {
      throw troubled.values().iterator().next();
    }
    return emptied;
  }

  /** Also what an earlier turn expired and did not get to, whatever the retention is now. */
  private List<String> toEmpty(Set<String> troubled) {
    return QuarkusTransaction.requiringNew()
        .call(() -> rows.toEmpty(BATCH + troubled.size()))
        .stream()
        .filter(job -> !troubled.contains(job))
        .toList();
  }

  private void empty(String job) {
    Set<String> lists =
        Set.copyOf(QuarkusTransaction.requiringNew().call(() -> rows.fileLists(job)));
    deleteFiles(job, lists);
    QuarkusTransaction.requiringNew().run(() -> rows.empty(job));
  }

  private void expire(Duration age) {
    QuarkusTransaction.requiringNew()
        .run(() -> rows.expire(age, BATCH).forEach(id -> changes.fire(new JobChanged(id, false))));
  }

  private void deleteFiles(String job, Set<String> kept) {
    List<ObjectKey> keys;
    try (Stream<ListedObject> own = store.list(folder(job))) {
      keys = own.map(ListedObject::key).filter(key -> !kept.contains(key.value())).toList();
    }
    keys.forEach(store::delete);
  }

  /** The folder in the store that is this job's alone; see {@code TrainingOrder}. */
  private static String folder(String job) {
    return "jobs/" + job + "/";
  }
}
