package io.byoa.reconcile;

import io.byoa.engine.LaunchName;
import io.byoa.job.ClaimRepository;
import io.byoa.job.Job;
import io.byoa.job.JobJournal;
import io.byoa.job.Lease;
import io.byoa.job.lifecycle.JobStatus;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Moves this replica's jobs, one round at a time: renew the lease, claim what is free, follow what
 * runs, launch what waits.
 */
@Singleton
class Reconciler {

  private final ClaimRepository claims;
  private final JobJournal journal;
  private final Follower follower;
  private final LaunchPass launches;
  private final LeaseKeeper leases;
  private final ReconcileConfig config;
  private final Set<String> hurried = ConcurrentHashMap.newKeySet();

  Reconciler(
      ClaimRepository claims,
      JobJournal journal,
      Follower follower,
      LaunchPass launches,
      LeaseKeeper leases,
      ReconcileConfig config) {
    this.claims = claims;
    this.journal = journal;
    this.follower = follower;
    this.launches = launches;
    this.leases = leases;
    this.config = config;
  }

  /** Looks at a job in the next round, whenever it is due. */
  void hurry(LaunchName name) {
    hurried.add(name.jobId());
  }

  /**
   * One round.
   *
   * @return how long until there is something to do, unless something happens before
   */
  Duration runOnce() {
    Lease lease = leases.current();
    claims.take(lease, leases.node(), config.batch());
    Set<String> due = new LinkedHashSet<>(claims.due(lease, config.batch()));
    Set<String> sooner = Set.copyOf(hurried);
    hurried.removeAll(sooner);
    due.addAll(sooner);

    List<Job> running = new ArrayList<>();
    boolean waiting = false;
    for (String id : due) {
      Job job = journal.read(id).orElse(null);
      if (job != null && job.state().status() == JobStatus.QUEUED) {
        waiting = true;
      } else if (job != null) {
        running.add(job);
      }
    }
    follow(running, lease);
    if (waiting) {
      launches.run(
          claims.waiting(lease, config.batch()).stream()
              .flatMap(id -> journal.read(id).stream())
              .filter(job -> job.state().status() == JobStatus.QUEUED)
              .toList(),
          lease);
    }
    Duration next = claims.untilNext(lease).orElse(config.poll());
    return next.compareTo(config.poll()) < 0 ? next : config.poll();
  }

  private void follow(List<Job> running, Lease lease) {
    try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Job job : running) {
        each.execute(() -> JobContext.during(job.id(), () -> follower.look(job, lease)));
      }
    }
  }
}
