package io.byoa.job;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Jobs as clients last saw them. What they see changes only together with the job's revision, so
 * while nothing happens a read, or a list, asks the database for that number alone, and answers the
 * same bytes again. It holds on every replica: the number is never kept, only what belongs to it.
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
  record Snapshot(Job job, String body) {

    String id() {
      return job.id();
    }
  }

  /** The job as it is now; empty when the team has no such job. */
  Optional<Snapshot> find(String team, String id) {
    OptionalLong revision = revisions.of(team, id);
    if (revision.isEmpty()) {
      return Optional.empty();
    }
    Snapshot last = kept(id, revision.getAsLong());
    return last == null ? read(team, id) : Optional.of(last);
  }

  /**
   * These jobs, in this order, those that are not kept read at once. Runs in the caller's
   * transaction.
   */
  List<Snapshot> all(List<JobRepository.Listed> listed) {
    Map<String, Snapshot> found = new HashMap<>();
    List<String> missing = new ArrayList<>();
    for (JobRepository.Listed job : listed) {
      Snapshot last = kept(job.id(), job.revision());
      if (last == null) {
        missing.add(job.id());
      } else {
        found.put(job.id(), last);
      }
    }
    for (JobEntity row : jobs.all(missing)) {
      found.put(row.id, keep(rows.job(row)));
    }
    return listed.stream()
        .map(job -> found.get(job.id()))
        .filter(Objects::nonNull) // Gone between the two queries.
        .toList();
  }

  private @Nullable Snapshot kept(String id, long revision) {
    Snapshot last = kept.getIfPresent(id);
    return last != null && last.job.revision() == revision ? last : null;
  }

  private Optional<Snapshot> read(String team, String id) {
    Optional<Job> job =
        QuarkusTransaction.joiningExisting().call(() -> jobs.find(team, id).map(rows::job));
    return job.map(this::keep);
  }

  private Snapshot keep(Job job) {
    Snapshot snapshot = new Snapshot(job, rows.write(JobView.of(job)));
    // A slower reader may put back what a faster one has replaced; it only costs a read.
    kept.put(job.id(), snapshot);
    return snapshot;
  }
}
