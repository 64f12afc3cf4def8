package io.byoa.job;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Jobs as clients last saw them. What they see changes only together with the job's revision, so
 * while nothing happens a read asks the database for that number alone, and answers the same bytes
 * again. It holds on every replica: the number is never kept, only what belongs to it.
 */
@Singleton
class JobSnapshots {

  private static final int KEPT = 2_000;

  private final JobRevisions revisions;
  private final JobRepository jobs;
  private final JobRows rows;
  private final Cache<String, Snapshot> kept = Caffeine.newBuilder().maximumSize(KEPT).build();

  JobSnapshots(JobRevisions revisions, JobRepository jobs, JobRows rows) {
    this.revisions = revisions;
    this.jobs = jobs;
    this.rows = rows;
  }

  /**
   * A job at one revision.
   *
   * @param job fit for what clients see; how far its log has been read may be out of date
   * @param body its {@link JobView} as JSON
   */
  record Snapshot(Job job, String body) {}

  /** The job as it is now; empty when the team has no such job. */
  Optional<Snapshot> find(String team, String id) {
    OptionalLong revision = revisions.of(team, id);
    if (revision.isEmpty()) {
      return Optional.empty();
    }
    Snapshot last = kept.getIfPresent(id);
    return last != null && last.job.revision() == revision.getAsLong()
        ? Optional.of(last)
        : read(team, id);
  }

  private Optional<Snapshot> read(String team, String id) {
    Optional<Job> job =
        QuarkusTransaction.joiningExisting().call(() -> jobs.find(team, id).map(rows::job));
    return job.map(now -> {
      Snapshot snapshot = new Snapshot(now, rows.write(JobView.of(now)));
      // A slower reader must not put back what a faster one has replaced; it would only cost time.
      kept.put(id, snapshot);
      return snapshot;
    });
  }
}
