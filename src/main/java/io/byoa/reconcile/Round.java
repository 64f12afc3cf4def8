package io.byoa.reconcile;

import io.byoa.common.LogContext;
import io.byoa.job.Job;
import io.byoa.job.claim.ClaimRepository;
import io.byoa.job.claim.FenceLostException;
import io.byoa.job.claim.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * One round's hold on its jobs: the lease, kept alive while the round lasts, and when each job is
 * looked at again, written down at the end in a few statements.
 */
final class Round {

  private static final Logger LOG = Logger.getLogger(Round.class);

  /** When a job is looked at that could not be handled. */
  private static final Duration SET_ASIDE = Duration.ofSeconds(15);

  private final Lease lease;
  private final LeaseKeeper keeper;
  private final ClaimRepository claims;
  private final Tally tally;
  private final Duration follow;
  private final Map<Next, List<String>> next = new HashMap<>();

  private record Next(String status, Optional<Duration> delay) {}

  /**
   * A round that begins.
   *
   * @param follow between two looks at a running job
   */
  Round(Lease lease, LeaseKeeper keeper, ClaimRepository claims, Tally tally, Duration follow) {
    this.lease = lease;
    this.keeper = keeper;
    this.claims = claims;
    this.tally = tally;
    this.follow = follow;
  }

  Lease lease() {
    return lease;
  }

  Duration follow() {
    return follow;
  }

  /** This job is looked at again after this long, unless somebody moves it before. */
  void again(Job job, Duration delay) {
    put(job, Optional.of(delay));
  }

  /** There is nothing left to do for this job. */
  void finished(Job job) {
    put(job, Optional.empty());
  }

  private synchronized void put(Job job, Optional<Duration> delay) {
    next.computeIfAbsent(new Next(job.state().status().word(), delay), key -> new ArrayList<>())
        .add(job.id());
  }

  /** Writes down when the jobs handled so far are looked at again. */
  void flush() {
    taken()
        .forEach((key, jobs) -> claims.again(jobs, key.status(), lease, key.delay().orElse(null)));
  }

  private synchronized Map<Next, List<String>> taken() {
    Map<Next, List<String>> all = Map.copyOf(next);
    next.clear();
    return all;
  }

  /**
   * Handles one job: its id is on every log line meanwhile, and its trouble stays its own. Once the
   * lease is lost nothing is handled any more: another replica may be at it.
   */
  void handle(String job, Runnable work) {
    if (!keeper.holds(lease)) {
      return;
    }
    try (var _ = LogContext.ofJob(job)) {
      quietly(job, work);
    }
  }

  private void quietly(String job, Runnable work) {
    try {
      work.run();
    } catch (FenceLostException e) {
      tally.fenceLost();
      LOG.infof("%s", e.getMessage());
    } catch (RuntimeException | Error e) {
      tally.trouble();
      LOG.error("Could not move the job; it is tried again", e);
      claims.setAside(List.of(job), lease, SET_ASIDE);
    }
  }

  /** Jobs that nobody can read are left for later. */
  void setAside(List<String> unreadable) {
    claims.setAside(unreadable, lease, SET_ASIDE);
  }

  /** An engine did not answer. */
  void unanswered() {
    tally.unanswered();
  }

  /** A job whose engine did not answer is left for a while, however far it came. */
  void setAside(Job job, Duration delay) {
    unanswered();
    claims.setAside(List.of(job.id()), lease, delay);
  }
}
