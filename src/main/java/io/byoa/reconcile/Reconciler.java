package io.byoa.reconcile;

import io.byoa.engine.LaunchName;
import io.byoa.job.Job;
import io.byoa.job.JobJournal;
import io.byoa.job.claim.ClaimRepository;
import io.byoa.job.claim.Lease;
import io.byoa.job.lifecycle.JobStatus;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Moves this replica's jobs, one round at a time: renew the lease, claim what is free, follow what
 * runs, launch what waits.
 */
@Singleton
class Reconciler {

  /** Jobs of a line that are tried in one round; those behind them wait for what these wait for. */
  private static final int HEAD_OF_LINE = 16;

  private final ClaimRepository claims;
  private final JobJournal journal;
  private final Follower follower;
  private final LaunchPass launches;
  private final LeaseKeeper leases;
  private final ReconcileConfig config;
  private final Tally tally = new Tally();
  private final Set<String> hurried = ConcurrentHashMap.newKeySet();
  private volatile Duration pace;

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
    this.pace = config.follow();
  }

  /** Looks at a job in the next round, whenever it is due. */
  void hurry(LaunchName name) {
    hurried.add(name.jobId());
  }

  /** What has been counted so far. */
  Tally tally() {
    return tally;
  }

  /**
   * One round.
   *
   * @return how long until there is something to do, unless something happens before
   */
  Duration runOnce() {
    Lease lease = leases.current();
    tally.claimed(claims.take(lease, leases.node(), config.batch(), HEAD_OF_LINE));
    Set<String> sooner = Set.copyOf(hurried);
    hurried.removeAll(sooner);
    List<String> due = claims.due(lease, sooner, config.batch());
    if (!due.isEmpty()) {
      move(due, new Round(lease, leases, claims, tally, pace));
    }
    ClaimRepository.Load load = claims.load(lease);
    pace = pace(load.jobs());
    Duration next = load.untilNext();
    return next != null && next.compareTo(config.poll()) < 0 ? next : config.poll();
  }

  private void move(List<String> due, Round round) {
    List<Job> jobs = journal.read(due);
    setAsideUnreadable(due, jobs, round);
    SideBySide.run(
        config.parallel(),
        jobs.stream()
            .filter(job -> job.state().status() != JobStatus.QUEUED)
            .map(job -> (Runnable) () -> round.handle(job.id(), () -> follower.look(job, round)))
            .toList());
    round.flush();
    SideBySide.run(
        config.parallel(),
        jobs.stream()
            .filter(job -> job.state().status() == JobStatus.QUEUED)
            .map(Job::engine)
            .distinct()
            .map(engine -> (Runnable) () -> launchWaiting(engine, round))
            .toList());
  }

  private void launchWaiting(String engine, Round round) {
    List<String> ids = claims.waiting(round.lease(), engine, HEAD_OF_LINE);
    List<Job> waiting =
        journal.read(ids).stream().filter(job -> job.state().status() == JobStatus.QUEUED).toList();
    launches.run(engine, waiting, round);
  }

  private static void setAsideUnreadable(List<String> due, List<Job> readable, Round round) {
    if (readable.size() < due.size()) {
      Set<String> rest = new LinkedHashSet<>(due);
      readable.forEach(job -> rest.remove(job.id()));
      round.setAside(List.copyOf(rest));
    }
  }

  /** Between two looks at a running job: the more there are, the longer. */
  private Duration pace(long jobs) {
    Duration fair = Duration.ofMillis(jobs * 1000 / config.looksPerSecond());
    return fair.compareTo(config.follow()) > 0 ? fair : config.follow();
  }
}
